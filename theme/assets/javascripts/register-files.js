// What a reader takes along: rows as CSV, as a workbook or as JSON, made in the browser. A cell is a text, a number, or {day: "2025-09-30"}.

const text = (cell) => (cell && cell.day ? cell.day : String(cell ?? ""));

/** A spreadsheet would run a cell that begins like a formula; where people write Chinese, a full-width sign begins one too. */
const plain = (cell) => (/^[=+\-@＝＋－＠\t\r]/.test(cell) ? `'${cell}` : cell);

const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** UTF-8 with a byte order mark, which WPS and Excel need to show Chinese. */
export function csv(head, rows) {
  const lines = [head, ...rows].map((row) => row.map((cell) => quoted(typeof cell === "number" ? text(cell) : plain(text(cell)))).join(","));
  return new Blob([`\ufeff${lines.join("\r\n")}\r\n`], { type: "text/csv;charset=utf-8" });
}

export function json(facts, objects) {
  return new Blob([`${JSON.stringify({ ...facts, problems: objects }, null, 1)}\n`], { type: "application/json" });
}

const DAY = 86400000, FIRST_DAY = Date.UTC(1899, 11, 30), FIRST_YEAR = "1901";
const escaped = (value) =>
  // What XML cannot hold is left out.
  value.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] || "");
const MOST = 32767; // characters of a cell

function cell(value) {
  if (typeof value === "number") return `<c><v>${value}</v></c>`;
  if (value && value.day && value.day >= FIRST_YEAR) return `<c s="1"><v>${(new Date(value.day) - FIRST_DAY) / DAY}</v></c>`;
  const shown = text(value).slice(0, MOST);
  return shown ? `<c t="inlineStr"><is><t xml:space="preserve">${escaped(shown)}</t></is></c>` : "<c/>";
}

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** The letters of a column, A for the first. */
const letters = (n) => (n < 26 ? "" : letters(Math.floor(n / 26) - 1)) + String.fromCharCode(65 + (n % 26));

function sheet(head, rows, widths) {
  const columns = widths.map((width, n) => `<col min="${n + 1}" max="${n + 1}" width="${width}" customWidth="1"/>`).join("");
  const heads = head.map((one) => cell(one).replace("<c", '<c s="2"')).join("");
  const body = rows.map((row) => `<row>${row.map(cell).join("")}</row>`).join("");
  return `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns}</cols><sheetData><row>${heads}</row>${body}</sheetData><autoFilter ref="A1:${letters(head.length - 1)}${rows.length + 1}"/></worksheet>`;
}

/** A workbook of one sheet. Texts are stored as texts, so that none is run as a formula. */
export function xlsx(name, head, rows, widths) {
  const parts = {
    "[Content_Types].xml": `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`,
    "_rels/.rels": `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${escaped(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf numFmtId="164" xfId="0" applyNumberFormat="1"/><xf fontId="1" xfId="0" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
    "xl/worksheets/sheet1.xml": sheet(head, rows, widths),
  };
  return new Blob(zip(parts), { type: `${TYPE}.sheet` });
}

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
  return byte;
});

function checksum(bytes) {
  let crc = 0xffffffff;
  for (let n = 0; n < bytes.length; n++) crc = (crc >>> 8) ^ CRC[(crc ^ bytes[n]) & 0xff];
  return ~crc >>> 0;
}

/** Numbers of two and four bytes, the lowest byte first: [value, bytes] each. */
function packed(...numbers) {
  const view = new DataView(new ArrayBuffer(numbers.reduce((sum, [, bytes]) => sum + bytes, 0)));
  let at = 0;
  for (const [value, bytes] of numbers) {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bytes;
  }
  return new Uint8Array(view.buffer);
}

/** A zip archive of texts, stored as they are; its times are the earliest that it can hold. */
function zip(parts) {
  const EPOCH = [0x00210000, 4], VERSION = [20, 2], UTF8 = [0x800, 2], STORED = [0, 2], NONE = [0, 2];
  const encoder = new TextEncoder();
  const files = [], directory = [];
  let at = 0, length = 0;
  for (const [path, content] of Object.entries(parts)) {
    const name = encoder.encode(path), data = encoder.encode(content);
    const about = [VERSION, UTF8, STORED, EPOCH, [checksum(data), 4], [data.length, 4], [data.length, 4], [name.length, 2], NONE];
    const head = packed([0x04034b50, 4], ...about);
    const entry = packed([0x02014b50, 4], VERSION, ...about, NONE, NONE, NONE, [0, 4], [at, 4]);
    files.push(head, name, data);
    directory.push(entry, name);
    at += head.length + name.length + data.length;
    length += entry.length + name.length;
  }
  const count = [Object.keys(parts).length, 2];
  return [...files, ...directory, packed([0x06054b50, 4], NONE, NONE, count, count, [length, 4], [at, 4], NONE)];
}
