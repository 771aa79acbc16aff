from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.clean.unicode_math import character, formula, reading


@pytest.mark.parametrize(
    ("tex", "read"),
    [
        (r"\mathcal{O}(n \log n)", "O(n log n)"),
        (r"n\log n", "n log n"),
        (r"x_i^2 \le 5", "xᵢ² ≤ 5"),
        (r"\frac{225}{64}\approx 3.516", "225/64≈3.516"),
        (r"\frac 1 2 + o(1)", "1/2 + o(1)"),
        (r"\left(\frac{2}{1-k+\sqrt{k^2-k+1}}-1\right)", "(2/(1-k+√(k²-k+1))-1)"),
        (r"\sqrt[3]{x+1}", "³√(x+1)"),
        (r"E_{x\simν}\!\left[\prod_{i=1}^W π_i\right]", "E_(x∼ν)[∏ᵢ₌₁^W πᵢ]"),
        (r"4.98\ \mu\text{g}/\text{m}^3", "4.98 μg/m³"),
        (r"2.8\times", "2.8×"),
        (r"360^\circ", "360°"),
        (r"f''(x)", "f″(x)"),
        (r"\mathbb{R}^d", "ℝ^d"),
        (r"n^{2/3}", "n^(2/3)"),
        (r"AntLM_{BabyLlama}", "AntLM_BabyLlama"),
        (r"\bar\nu_e", "ν̄ₑ"),
        (r"\widetilde{\Theta}(\sqrt{T})", "Θ̃(√T)"),
        (r"\argmax_{x}f(x)", "argmaxₓf(x)"),
        (r"\textit{do more with less}", "do more with less"),
        (r"\begin{matrix}1 & 2 \\ 3 & 4\end{matrix}", "1 2 ; 3 4"),
        (r"\msun", "msun"),
        (r"\{a\}\%", "{a}%"),
        (r"a \not= b", "a =\u0338 b"),
        (r"\binom{n}{k}", "(n choose k)"),
        (r"a^{b^{c}}", "a^(b^c)"),
        ("}{", ""),
        ("a}b", "ab"),
        # Commands, with and without what they take.
        (r"\operatorname*{ab}x", "abx"),
        (r"\ourX y", "ourX y"),
        (r"a\*b", "ab"),
        (r"a\\b", "a; b"),
        ("Xy", "Xy"),
        (r"\frac {a} {b}", "a/b"),
        (r"\sqrt", "√"),
        (r"{\sqrt}x", "√x"),
        (r"\sqrt Xy", "√Xy"),
        (r"\sqrt{Xy}", "√Xy"),
        (r"\sqrt\log", "√log"),
        (r"\sqrt{-x}", "√(-x)"),
        (r"\sqrt{f(x)}", "√f(x)"),
        (r"\sqrt[3x", "√[3x"),
        (r"\sqrt x]", "√x]"),
        (r"\sqrt[3]x]", "³√x]"),
        (r"\log{x}", "log x"),
        (r"\log{n)}", "log n)"),
        (r"\mathbb{F}", "F"),
        (r"\hat{ab}", "ab"),
        (r"\unicode{x2014}", "—"),
        (r"\overset{2}{=}", "=²"),
        (r"\stackrel{!}{=}", "=^!"),
        (r"\underset{i}{m}", "mᵢ"),
        (r"\underset{!}{m}", "m_!"),
        (r"\iff", "⟺"),
        # What stands above and below the line.
        ("f'", "f′"),
        ("x^'", "x′"),
        ("x^{}", "x"),
        ("x_{aei}", "xₐₑᵢ"),
        ("x_{aeio}", "x_aeio"),
        ("x_{1234}", "x₁₂₃₄"),
        ("x^{1+2+3}", "x¹⁺²⁺³"),
        ("x^!", "x^!"),
        ("x^X+y", "x^X+y"),
        ("x^{!!}", "x^(!!)"),
        # Links that were written as formulas.
        (r"\url{https://a.org}", "https://a.org"),
        (r"\href{https://a.org}{a.org}", "https://a.org"),
        (r"\href{https://a.org}{\text{our code}}", "our code (https://a.org)"),
        ("{" * 30 + "x" + "}" * 30, "x"),
    ],
)
def test_formulas_read_as_text(tex: str, read: str) -> None:
    assert formula(tex) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (r"Costs $5 and $10, not $\$12$.", "Costs $5 and $10, not $12."),
        (r"In $O(n)$ and \(m^2\) and $$k_1$$.", "In O(n) and m² and k₁."),
        (r"It is \tool, at C:\tools\bin.", r"It is tool, at C:\tools\bin."),
        (r"settings\footnote{The code is away}", "settings (The code is away)"),
        (r"33\% of \textbf{all}", "33% of all"),
        (r"a delimiter like \n stays", r"a delimiter like \n stays"),
        ("nothing to do", "nothing to do"),
        ("from $5-$1 or so", "from $5-$1 or so"),
        ("the $5 paid by the firm and 5$ more", "the $5 paid by the firm and 5$ more"),
        (r"so \[m^2\] is", "so m² is"),
        (r"see \1 and \alpha", "see 1 and α"),
        (r"line\\$m^2$, not \$m^2$", "line\\\\m², not $m^2$"),
    ],
)  # fmt: skip
def test_only_formulas_and_commands_change(text: str, read: str) -> None:
    assert reading(text) == read


@pytest.mark.parametrize(
    ("code", "sign"),
    [
        ("x2014", "—"),
        ("X2014", "—"),
        ("8212", "—"),
        ("x0", ""),
        ("x110000", ""),
        ("x", ""),
        ("", ""),
        ("zz", ""),
    ],
)
def test_a_code_is_a_character_that_can_be_seen(code: str, sign: str) -> None:
    assert character(code) == sign


def test_no_depth_and_no_length_is_too_much() -> None:
    for piece in ("^", "{", "_{", r"\sqrt", r"\frac", r"\text{", r"\sqrt[", "{a^"):
        assert "\\" not in formula(piece * 5000)


PIECES = [*r"\{}^_&~$[]ab1 '", r"\frac", r"\sqrt", r"\alpha", r"\text{", "é"]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_no_command_survives(tex: str) -> None:
    read = formula(tex)
    assert "\0" not in read
    assert not any(name in read for name in (r"\frac", r"\sqrt", r"\alpha"))
