"""
Finish: what archival PDF asks for and the page engine does not write, in one pass over a finished file. Takes bytes,
gives bytes; the same for the same input.

Source: ISO 19005-3 (PDF/A-3) 6.6.2 on metadata, 6.8 on files that are attached.
"""

from __future__ import annotations

import datetime
import hashlib
import io
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pikepdf

ARCHIVAL = "pdf/a-3a"
# The files beside a PDF that an archival one carries, and what words call them.
ATTACHED = {"data.csv": "attached.data", "facts.csv": "attached.facts"}
PDF_UA = "http://www.aiim.org/pdfua/ns/id/"
# PDF/A has every property described that it does not know itself, and it does not know the one of PDF/UA.
_DESCRIBED = f"""
<rdf:Description rdf:about=""
 xmlns:pdfuaid="{PDF_UA}" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfuaid:part>1</pdfuaid:part><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{PDF_UA}</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


@dataclass(frozen=True)
class Attached:
    """A file that an archival PDF carries: a table of ours, as CSV."""

    name: str
    data: bytes
    about: str


def archived(data: bytes, date: datetime.date, attached: Sequence[Attached]) -> bytes:
    """
    A PDF of the engine with all that its standard asks for.
    Args:
        data: the engine's PDF/A-3a.
        date: when the release was published: the only date that attached files have.
        attached: files that it carries.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        _describe(pdf)
        _attach(pdf, attached, date)
        _end_clearly(pdf)
        packed = _saved(pdf)
        # The engine's objects packed together may end in the same way, by chance: then nothing is packed anew.
        return _saved(pdf, packs=False) if b"\r\nendstream" in packed else packed


def _saved(pdf: pikepdf.Pdf, *, packs: bool = True) -> bytes:
    out = io.BytesIO()
    mode = pikepdf.ObjectStreamMode.preserve if packs else pikepdf.ObjectStreamMode.disable
    pdf.save(out, deterministic_id=True, compress_streams=packs, object_stream_mode=mode)
    return out.getvalue()


def _describe(pdf: pikepdf.Pdf) -> None:
    """An archival file says that it is accessible, too, in the words that PDF/A lets it."""
    metadata = pdf.Root["/Metadata"]
    head, end, tail = metadata.read_bytes().partition(b"</rdf:RDF>")
    metadata.write(head + _DESCRIBED.strip().encode() + end + tail)


def _end_clearly(pdf: pikepdf.Pdf) -> None:
    """
    No stream ends in a carriage return: with the line feed behind it, programs take it for the end of a line, and the
    stream for a byte shorter than it says. The last byte of packed data is of its sum, so it is the data that change.
    """
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.read_raw_bytes().endswith(b"\r"):
            data = item.read_bytes()
            if item.get("/Subtype") == "/Form" or ("/Type" not in item and "/Length1" not in item and "/N" not in item):
                while (packed := zlib.compress(data)).endswith(b"\r"):
                    data += b"\n"  # of drawings and of tables of letters: blank
                item.write(packed, filter=pikepdf.Name.FlateDecode)
            else:
                item.write(data)  # fonts, colours, tables of ours: as they are


def _attach(pdf: pikepdf.Pdf, attached: Sequence[Attached], date: datetime.date) -> None:
    day = pikepdf.String(f"D:{date:%Y%m%d}000000Z")
    named = pikepdf.Array()
    pdf.Root["/AF"] = pikepdf.Array()
    for one in sorted(attached, key=lambda one: one.name):
        sum_ = hashlib.md5(one.data, usedforsecurity=False).digest()
        params = pikepdf.Dictionary(CreationDate=day, ModDate=day, Size=len(one.data), CheckSum=pikepdf.String(sum_))
        stream = pdf.make_stream(b"", Type=pikepdf.Name.EmbeddedFile, Subtype=pikepdf.Name("/text/csv"), Params=params)
        stream.write(zlib.compress(one.data), filter=pikepdf.Name.FlateDecode)
        specification = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Filespec,
                F=one.name,
                UF=one.name,
                Desc=one.about,
                AFRelationship=pikepdf.Name.Data,
                EF=pikepdf.Dictionary(F=stream, UF=stream),
            )
        )
        pdf.Root["/AF"].append(specification)
        named.extend([pikepdf.String(one.name), specification])
    names = pikepdf.Dictionary(Names=named)
    if "/Names" not in pdf.Root:
        pdf.Root["/Names"] = pikepdf.Dictionary()
    pdf.Root["/Names"]["/EmbeddedFiles"] = pdf.make_indirect(names)


def is_archival(pdf: pikepdf.Pdf) -> bool:
    """Whether a PDF says that it is PDF/A."""
    metadata = pdf.Root.get("/Metadata")
    return isinstance(metadata, pikepdf.Stream) and b"/pdfa/ns/id/" in metadata.read_bytes()


def not_attached(pdf: pikepdf.Pdf, files: Mapping[str, bytes]) -> list[str]:
    """Names of the files that an archival PDF must carry, and does not carry as they lie beside it."""
    carried = {name: pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments}
    return [name for name in ATTACHED if name in files and carried.get(name) != files[name]]
