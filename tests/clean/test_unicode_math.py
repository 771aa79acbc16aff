from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.clean.unicode_math import formula, reading


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
    ],
)  # fmt: skip
def test_only_formulas_and_commands_change(text: str, read: str) -> None:
    assert reading(text) == read


def test_no_depth_and_no_length_is_too_much() -> None:
    for piece in ("^", "{", "_{", r"\sqrt", r"\frac", r"\text{", r"\sqrt[", "{a^"):
        assert "\\" not in formula(piece * 5000)


PIECES = [*r"\{}^_&~$[]ab1 '", r"\frac", r"\sqrt", r"\alpha", r"\text{", "é"]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_no_command_survives(tex: str) -> None:
    read = formula(tex)
    assert "\0" not in read
    assert not any(name in read for name in (r"\frac", r"\sqrt", r"\alpha"))
