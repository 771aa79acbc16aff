r"""What LaTeX names stand for: data for `latex`, and nothing else.

Three kinds of names matter. A command that still has its backslash (`\alpha`) is certain. A name
that lost it is certain only where no other word is spelled so (`varepsilon`, `leq`), or inside
the structure of a formula (`C_Phi`, `_{theta}`). A name that takes an argument is certain when
its brace follows at once (`mathcal{O}`). Names and glyphs are those of LaTeX's kernel, textcomp
and amssymb ("The Comprehensive LaTeX Symbol List", S. Pakin).
"""

from __future__ import annotations

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "varpi": "ϖ", "rho": "ρ",
    "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ", "phi": "ϕ",
    "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ",
    "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ",
    "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip

ARROWS = {
    "rightarrow": "→", "leftarrow": "←", "uparrow": "↑", "downarrow": "↓",
    "leftrightarrow": "↔", "longrightarrow": "⟶", "longleftarrow": "⟵", "Rightarrow": "⇒",
    "Leftarrow": "⇐", "Uparrow": "⇑", "Downarrow": "⇓", "Leftrightarrow": "⇔",
    "Longrightarrow": "⟹", "nearrow": "↗", "searrow": "↘", "swarrow": "↙", "nwarrow": "↖",
    "updownarrow": "↕", "hookrightarrow": "↪", "rightleftarrows": "⇄",
}  # fmt: skip

# Names that are no words of any language and no common acronyms: certain without a backslash.
UNMISTAKABLE = {
    "varepsilon": "ε", "vartheta": "ϑ", "varphi": "φ", "leq": "≤", "geq": "≥", "neq": "≠",
    "leqslant": "≤", "geqslant": "≥", "infty": "∞", "cdot": "·", "cdots": "⋯", "ldots": "…",
    "nabla": "∇", "propto": "∝", "mapsto": "↦", "langle": "⟨", "rangle": "⟩",
}  # fmt: skip

# Relations between single letters or numbers, where a word of prose cannot stand.
RELATIONS = {
    "gg": "≫", "ll": "≪", "ge": "≥", "le": "≤", "circ": "∘", "in": "∈", "times": "×",
    "subseteq": "⊆", "setminus": "∖", "oplus": "⊕", "otimes": "⊗", "odot": "⊙", "simeq": "≃",
    "cup": "∪", "cap": "∩", "approx": "≈", "sim": "∼",
}  # fmt: skip

# A backslash stays a command: as a character it would begin one.
SYMBOLS = {
    **GREEK,
    **ARROWS,
    **UNMISTAKABLE,
    **RELATIONS,
    "to": "→", "gets": "←", "sim": "∼", "approx": "≈", "equiv": "≡", "cong": "≅", "ne": "≠",
    "pm": "±", "mp": "∓", "div": "÷", "ast": "∗", "star": "⋆", "bullet": "•", "cap": "∩",
    "cup": "∪", "wedge": "∧", "vee": "∨", "land": "∧", "lor": "∨", "neg": "¬", "lnot": "¬",
    "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "supseteq": "⊇", "emptyset": "∅",
    "varrho": "ϱ", "lesssim": "≲", "gtrsim": "≳", "forall": "∀",
    "exists": "∃", "notin": "∉", "ni": "∋", "subset": "⊂", "supset": "⊃",
    "partial": "∂", "sum": "∑", "prod": "∏", "int": "∫", "ell": "ℓ", "hbar": "ℏ", "Re": "ℜ",
    "Im": "ℑ", "aleph": "ℵ", "prime": "′", "angle": "∠", "perp": "⊥", "top": "⊤", "bot": "⊥",
    "parallel": "∥", "mid": "∣", "vdash": "⊢", "models": "⊨", "dagger": "†", "ddagger": "‡",
    "dag": "†", "ddag": "‡", "triangle": "△", "square": "□", "Box": "□", "blacksquare": "■",
    "checkmark": "✓", "degree": "°", "dots": "…", "dotsc": "…", "vdots": "⋮", "colon": ":",
    "textless": "<", "textgreater": ">", "textbar": "|", "textbackslash": "\\textbackslash",
    "textasciitilde": "~", "textasciicircum": "^", "textunderscore": "_", "textdollar": "$",
    "textquotesingle": "'", "textquotedbl": '"', "textquoteleft": "‘", "textquoteright": "’",
    "textquotedblleft": "“", "textquotedblright": "”", "textendash": "–", "textemdash": "—",
    "textellipsis": "…", "textbullet": "•", "textdegree": "°", "textregistered": "®",
    "textcopyright": "©", "texttrademark": "™", "textmu": "µ", "texttimes": "×",
    "textrightarrow": "→", "textleftarrow": "←", "textuparrow": "↑", "textdownarrow": "↓",
    "textsection": "§", "textparagraph": "¶", "texteuro": "€", "textsterling": "£",
    "copyright": "©", "pounds": "£", "euro": "€", "quad": " ", "qquad": " ", "newline": " ",
    "linebreak": " ", "par": " ", "noindent": " ", "xspace": "", "LaTeX": "LaTeX", "TeX": "TeX",
    "eg": "e.g.", "ie": "i.e.", "etal": "et al.", "etc": "etc.", "wrt": "w.r.t.", "vs": "vs.",
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "dh": "ð",
    "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
}  # fmt: skip

# Letters whose command is one letter: certain inside a word or before a pair of braces alone.
LETTERS = {"o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "i": "i", "j": "j"}

# What an accent command puts on a letter: combining characters (Unicode, chapter 7.9).
ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328",
    "r": "\u030a", "d": "\u0323", "b": "\u0331",
}  # fmt: skip

# Commands whose argument is all they show. `emph{…}` and the like are as certain without the
# backslash, since a brace follows at once.
SHOWN = (
    "textbf", "textit", "textsl", "textsc", "texttt", "textrm", "textsf", "textup", "textmd",
    "textnormal", "text", "emph", "underline", "uline", "mbox", "hbox", "fbox", "ensuremath",
    "mathcal", "mathbf", "mathbb", "mathrm", "mathit", "mathsf", "mathtt", "mathfrak", "mathscr",
    "mathnormal", "mathds", "mathbbm", "boldsymbol", "bm", "pmb", "operatorname",
    "textsuperscript", "textsubscript", "texorpdfstring", "textquote", "enquote",
)  # fmt: skip

# Switches of font and size: they show nothing themselves.
SWITCHES = (
    "em", "it", "bf", "sc", "tt", "rm", "sf", "sl", "itshape", "bfseries", "scshape", "ttfamily",
    "rmfamily", "sffamily", "slshape", "upshape", "mdseries", "normalfont", "tiny", "scriptsize",
    "footnotesize", "small", "normalsize", "large", "Large", "LARGE", "huge", "Huge", "boldmath",
    "centering", "raggedright", "displaystyle", "textstyle", "protect", "selectfont",
)  # fmt: skip

# Sizes whose names cannot begin a word of prose ("tinyBERT" and "smallNORB" are names).
GLUED_SIZES = ("scriptsize", "footnotesize")

# Commands that point into the paper; what they point to is not here, their key is kept.
REFERENCES = (
    "cite", "citep", "citet", "citealp", "citealt", "citeauthor", "citeyear", "parencite",
    "textcite", "autocite", "ref", "eqref", "cref", "Cref", "autoref",
)  # fmt: skip

OVER = {"tilde": "\u0303", "widetilde": "\u0303", "hat": "\u0302", "widehat": "\u0302",
        "bar": "\u0304", "overline": "\u0304", "vec": "\u20d7", "dot": "\u0307"}  # fmt: skip

BLACKBOARD = {"C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"}

SUPERSCRIPTS = str.maketrans("0123456789-+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺")

ORDINALS = ("st", "nd", "rd", "th")

# Commands of packages and of text that stand in formulas, as commands that the conversion to
# MathML knows.
MACROS = {
    **dict.fromkeys(("textsc", "textsl", "textup", "textmd", "textnormal", "mbox"), "\\text"),
    **dict.fromkeys(("hbox", "fbox", "emph", "textquote", "enquote", "uline"), "\\text"),
    **dict.fromkeys(("bm", "pmb", "mathbm", "boldmath", "mathbfit"), "\\boldsymbol"),
    **dict.fromkeys(("mathds", "mathbbm", "mathbbb", "Bbb", "mathbbmss"), "\\mathbb"),
    **dict.fromkeys(("nicefrac", "sfrac", "flatfrac", "xfrac"), "\\frac"),
    **dict.fromkeys(("xspace", "ensuremath", "nonumber", "notag", "protect", "boldmath", "relax",
                     "textstyle", "bfseries", "rmfamily", "normalsize", "small", "tiny", "large",
                     "scriptsize", "footnotesize", "allowbreak", "nobreak", "strut", "mathstrut",
                     "noindent", "em", "sc", "limits", "nolimits", "texorpdfstring"), ""),
    "mathbold": "\\mathbf", "textbfit": "\\textbf", "mathnormal": "\\mathit", "scr": "\\mathscr",
    "frak": "\\mathfrak", "euro": "€", "texttimes": "\\times", "textmu": "µ", "micro": "µ",
    "textdegree": "^\\circ", "degree": "^\\circ", "textpm": "\\pm", "textrightarrow": "\\to",
    "textasciitilde": "\\sim", "textless": "<", "textgreater": ">", "textbar": "|", "lt": "<",
    "lbrace": "\\{", "rbrace": "\\}", "gt": ">", "eqref": "\\text", "coloneqq": ":=",
    "triangleq": "≜", "ldotp": ".", "mkern": "\\kern", "dotsc": "\\dots", "dotsb": "\\dots",
    "textquotesingle": "'", "textunderscore": "\\_", "textdollar": "\\$",
    "softmax": "\\operatorname{softmax}", "argmax": "\\operatorname{argmax}",
    "argmin": "\\operatorname{argmin}", "polylog": "\\operatorname{polylog}",
    "poly": "\\operatorname{poly}", "Tr": "\\operatorname{Tr}", "tr": "\\operatorname{tr}",
    "rank": "\\operatorname{rank}", "sign": "\\operatorname{sign}", "diag": "\\operatorname{diag}",
    "R": "\\mathbb{R}", "E": "\\mathbb{E}", "N": "\\mathbb{N}", "Z": "\\mathbb{Z}",
    "eps": "\\epsilon", "textellipsis": "\\ldots",
}  # fmt: skip
