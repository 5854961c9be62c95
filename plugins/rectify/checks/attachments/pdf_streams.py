"""Files inside a PDF: its photographs, and the streams that belong to no page (ISO 32000-1, 7.3.8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

MOST = 5_000
"""Of one file."""
_BYTES = 50_000_000
"""Of all of them."""
_OF_PAGES = (
    "/Contents",
    "/CharProcs",
    "/FontFile",
    "/FontFile2",
    "/FontFile3",
    "/ToUnicode",
    "/CIDToGIDMap",
    "/CIDSet",
)
"""Keys whose streams are read as pages or fonts."""
_SHOWN_FORMS = ("/XObject", "/AP", "/N", "/D", "/R", "/G")
"""Keys of what is drawn on pages, in annotations, and as a mask; what is left of the rest nobody sees."""
_PICTURES = {"/DCTDecode": "jpg", "/JPXDecode": "jp2"}
_TYPES = ("/ObjStm", "/XRef", "/Pattern", "/CMap", "/Halftone", "/Metadata", "/XObject", "/Font")
_SHAPES = ("/FunctionType", "/ShadingType", "/PatternType", "/Length1", "/N", "/Width", "/BBox")
"""Keys that only functions, colours, fonts, profiles, pictures and drawings have."""
_FORMS = ("/Type1C", "/CIDFontType0C", "/OpenType", "/Image", "/Form")


class Streams:
    """Collects the streams of a file whose objects it is shown one by one."""

    def __init__(self) -> None:
        self._used: set[int] = set()
        self.is_cut = False
        self._left: list[tuple[int, StreamObject]] = []
        self._forms: list[tuple[int, StreamObject]] = []
        self._photographs: list[tuple[int, StreamObject, str]] = []

    def see(self, number: int, thing: Any, dictionaries: list[DictionaryObject]) -> None:
        """Take an object, with the dictionaries that are written inside it."""
        for entry in dictionaries:
            for key in (*_OF_PAGES, *_SHOWN_FORMS):
                if key in entry:
                    self._use(entry.raw_get(key))
        if isinstance(thing, ArrayObject):
            self._waits_for(thing)
        for entry in dictionaries:
            for value in entry.values():
                if isinstance(value, ArrayObject):
                    self._waits_for(value)
        if not isinstance(thing, StreamObject):
            return
        filters = thing.get("/Filter")
        last = filters[-1] if isinstance(filters, ArrayObject) and filters else filters
        if last in _PICTURES:
            self._photographs.append((number, thing, _PICTURES[last]))
        elif thing.get("/Subtype") == "/Form":
            self._forms.append((number, thing))
        elif not (
            thing.get("/Type") in _TYPES or thing.get("/Subtype") in _FORMS or any(key in thing for key in _SHAPES)
        ):
            self._left.append((number, thing))

    def _waits_for(self, array: ArrayObject) -> None:
        """Leave out the table of an indexed colour space."""
        if len(array) == 4 and array[0] == "/Indexed":
            self._use(list.__getitem__(array, 3))

    def _use(self, value: Any) -> None:
        for one in (
            value if isinstance(value, ArrayObject) else value.values() if isinstance(value, DictionaryObject) else ()
        ):
            self._use_one(one)
        self._use_one(value)

    def _use_one(self, value: Any) -> None:
        if isinstance(value, IndirectObject):
            self._used.add(value.idnum)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield a name and the bytes of each; what cannot be unpacked no reader can show either."""
        total = 0
        self.is_cut = len(self._photographs) > MOST
        for number, stream, ending in self._photographs[:MOST]:
            # Behind the last of its filters a photograph is a file; those before are undone.
            data = stream._data if _names(stream) == 1 else _unpacked(stream)
            total += len(data)
            yield f"{number}.{ending}", data
        for number, stream in [*self._left, *self._forms]:
            if number in self._used:
                continue
            if total > _BYTES:
                self.is_cut = True
                return
            data = _unpacked(stream)
            total += len(data)
            yield f"{number}.stream", data


def _names(stream: StreamObject) -> int:
    filters = stream.get("/Filter")
    return len(filters) if isinstance(filters, ArrayObject) else 1


def _unpacked(stream: StreamObject) -> bytes:
    """Return what a stream holds; as it lies in the file where no reader could show it, for a program may."""
    try:
        return stream.get_data()
    except Exception:
        return bytes(stream._data)
