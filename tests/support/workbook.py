"""Writes small XLSX workbooks, as a spreadsheet program does."""

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

Cell = str | int | float | bool | date | datetime | time | timedelta | None

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
# Styles by number: general, day, day and time, time of day, length over a day.
_STYLES = f"""<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164"
formatCode="[h]:mm:ss"/></numFmts><cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14"/>
<xf numFmtId="22"/><xf numFmtId="21"/><xf numFmtId="164"/></cellXfs></styleSheet>"""
_TYPES = f"""<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml"
ContentType="application/xml"/><Default Extension="rels"
ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>"""
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a workbook knows no zones


def write_workbook(file: Path, sheets: Mapping[str, Iterable[Sequence[Cell]]]) -> Path:
    """Writes a workbook of sheets by name, each of rows of cells."""
    parts = {
        f"xl/worksheets/sheet{n}.xml": _sheet(rows) for n, rows in enumerate(sheets.values(), 1)
    }
    return write_parts(file, list(sheets), parts)


def write_parts(file: Path, names: Sequence[str], parts: Mapping[str, str]) -> Path:
    """Writes a workbook of the given sheets' XML, whatever it is."""
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="r{n}"/>'
        for n, name in enumerate(names, 1)
    )
    links = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(names) + 1)
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", _TYPES)
        packed.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r"'
            f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        packed.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        )
        packed.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships">{links}<Relationship Id="s"'
            f' Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        )
        packed.writestr("xl/styles.xml", _STYLES)
        for name, content in parts.items():
            packed.writestr(name, content)
    return file


def _sheet(rows: Iterable[Sequence[Cell]]) -> str:
    written = "".join(
        f'<row r="{line}">{"".join(_cells(line, cells))}</row>'
        for line, cells in enumerate(rows, start=1)
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{written}</sheetData></worksheet>'


def _cells(line: int, cells: Sequence[Cell]) -> Iterable[str]:
    for column, cell in enumerate(cells):
        if cell is not None:
            yield _cell(f"{chr(ord('A') + column)}{line}", cell)


def _cell(place: str, cell: Cell) -> str:
    if isinstance(cell, str):
        text = "".join(letter for letter in cell if letter.isprintable())
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
    if isinstance(cell, bool):
        return f'<c r="{place}" t="b"><v>{int(cell)}</v></c>'
    style, number = _number(cell)
    return f'<c r="{place}" s="{style}"><v>{number!r}</v></c>'


def _number(cell: float | date | time | timedelta | None) -> tuple[int, float]:
    day = timedelta(days=1)
    if isinstance(cell, datetime):
        return 2, (cell - _EPOCH) / day
    if isinstance(cell, date):
        return 1, (datetime.combine(cell, time()) - _EPOCH).days
    if isinstance(cell, time):
        return 3, (datetime.combine(_EPOCH, cell) - _EPOCH) / day
    if isinstance(cell, timedelta):
        return 4, cell / day
    return 0, cell or 0
