"""Workbooks that mean harm, or look as if they did; each made on the spot."""

import io
import struct
import zipfile

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROOT = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="Activities" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)
HEADER = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>code</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>title_en</t></is></c></row>'
)


def text_cell(place, text):
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet_of(rows, *, before="", head=HEADER):
    return f'{before}<worksheet xmlns="{MAIN}"><sheetData>{head}{rows}</sheetData></worksheet>'


def archive(sheet="", **members):
    """Return a workbook with this sheet; ``members`` replace or add others, by their names."""
    whole = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT,
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": LINKS,
        "xl/worksheets/sheet1.xml": sheet or sheet_of(""),
    } | members
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in whole.items():
            if callable(content):
                with made.open(name, "w", force_zip64=True) as stream:
                    content(stream)
            else:
                made.writestr(name, content)
    file.seek(0)
    return file


def _repeated(head, piece, count, tail):
    def write(stream):
        stream.write(head)
        block = piece * 1000
        for _ in range(count // 1000):
            stream.write(block)
        stream.write(tail)

    return write


def zip_bomb():
    """A gigabyte of spaces in a sheet of a megabyte."""
    head, tail = sheet_of("").split("</sheetData>")
    return archive(_repeated(head.encode(), b" " * 1024, 1 << 20, b"</sheetData>" + tail.encode()))


def shared_bomb():
    """A hundred megabytes in the shared texts."""
    return archive(**{"xl/sharedStrings.xml": _repeated(b"<sst><si><t>", b"a" * 100, 1_200_000, b"</t></si></sst>")})


def many_rows():
    """Two million rows, none numbered, which compress well but not suspiciously."""

    def write(stream):
        stream.write(sheet_of("").split("</sheetData>")[0].encode())
        for start in range(0, 2_000_000, 1000):
            rows = (
                f"<row><c t='inlineStr'><is><t>{n * 2654435761 % 2**32:x}</t></is></c></row>"
                for n in range(start, start + 1000)
            )
            stream.write("".join(rows).encode())
        stream.write(b"</sheetData></worksheet>")

    return archive(write)


def far_away_cell():
    return archive(sheet_of(f'<row r="1048576">{text_cell("XFD1048576", "x")}</row>'))


def far_away_column():
    return archive(sheet_of(f'<row r="2">{text_cell("XFD2", "x")}</row>'))


def entity_bomb():
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    before = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "lol">{entities}]>'
    return archive(sheet_of(f'<row r="2">{text_cell("A2", "&a9;")}</row>', before=before))


def external_entity():
    before = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return archive(sheet_of(f'<row r="2">{text_cell("A2", "&a;")}</row>', before=before))


def lying_sizes():
    """A member that declares to unpack to far less than it does."""
    file = archive(
        _repeated(sheet_of("").split("</sheetData>")[0].encode(), b"<row/>" * 10, 500_000, b"</sheetData></worksheet>")
    )
    data = bytearray(file.getvalue())
    at = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = struct.pack("<I", 1000)
    return io.BytesIO(bytes(data))


def many_sheets():
    sheets = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 500))
    return archive(
        **{"xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'}
    )


def many_members():
    return archive(**{f"xl/media/{n}.xml": "" for n in range(1000)})


def macros():
    return archive(**{"xl/vbaProject.bin": b"\0" * 100})


def macro_type():
    kind = TYPES.replace("spreadsheetml.sheet.main", "macroEnabled.main").replace(
        "openxmlformats-officedocument", "ms-excel.sheet"
    )
    return archive(**{"[Content_Types].xml": kind})


def external_links():
    return archive(**{"xl/externalLinks/externalLink1.xml": "<x/>"})


def external_target():
    return archive(**{"xl/_rels/workbook.xml.rels": LINKS.replace("/></Rel", ' TargetMode="External"/></Rel')})


def encrypted():
    """What Excel writes with a password: no ZIP at all."""
    return io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096))


def encrypted_member():
    data = bytearray(archive().getvalue())
    at = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    data[at + 8] |= 1
    return io.BytesIO(bytes(data))


def long_cell():
    return archive(sheet_of(f'<row r="2">{text_cell("A2", "x" * 40_000)}</row>'))


def no_zip():
    return io.BytesIO(b"<html>not a workbook</html>")


def empty():
    return io.BytesIO(b"")


def broken_xml():
    return archive(sheet_of("<row><c>"))


def shared_out_of_range():
    return archive(sheet_of('<row r="2"><c r="A2" t="s"><v>99</v></c></row>'))


# Each with the code of its verdict.
FILES = {
    zip_bomb: "unpacks_too_large",
    shared_bomb: "unpacks_too_large",
    many_rows: "too_many_rows",
    far_away_cell: "too_many_rows",
    far_away_column: "too_many_columns",
    entity_bomb: "doctype",
    external_entity: "doctype",
    lying_sizes: "damaged",
    many_sheets: "too_many_sheets",
    many_members: "too_many_members",
    macros: "macros",
    macro_type: "macros",
    external_links: "links",
    external_target: "links",
    encrypted: "encrypted",
    encrypted_member: "encrypted",
    long_cell: "cell_too_long",
    no_zip: "no_workbook",
    empty: "no_workbook",
    broken_xml: "damaged",
    shared_out_of_range: "damaged",
}
