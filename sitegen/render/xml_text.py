"""Text that an XML document can hold."""

from __future__ import annotations

import re

# XML 1.0, production 2 (Char), and the controls and noncharacters it discourages.
_ASCII_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r") + b"\x7f"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def xml_text(text: str) -> str:
    """Text without the characters that an XML document cannot hold or should not.

    The same object where there are none.
    """
    if text.isascii():  # four times as fast as the expression
        raw = text.encode()
        if len(raw.translate(None, _ASCII_CONTROLS)) == len(raw):
            return text
    elif text.isprintable() or not _NOT_XML.search(text):  # the former is the quicker question
        return text
    return _NOT_XML.sub("", text)


def filled(text: str, otherwise: str) -> str:
    """Text for an element that must not be empty."""
    return xml_text(text).strip() or xml_text(otherwise)
