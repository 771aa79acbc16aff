"""XML documents to elements, whatever state they are in."""
