import { Pagination, type TableColumnsType, type TableColumnType } from "antd";
import { useState, type ReactNode } from "react";

interface CardsProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  /** Those of the table: the first names the card, the one of actions ends it, the others stand between. */
  readonly columns: TableColumnsType<Row>;
  readonly keyOf: (row: Row) => string;
  readonly pageSize: number;
}

/** Rows on a phone: a card for each, with what its columns would say. */
export function Cards<Row extends object>({ label, rows, columns, keyOf, pageSize }: CardsProps<Row>) {
  const [page, setPage] = useState(1);
  // There may be fewer pages than when this one was chosen.
  const current = Math.max(1, Math.min(page, Math.ceil(rows.length / pageSize)));
  const shown = rows.slice((current - 1) * pageSize, current * pageSize);
  return (
    <>
      <ul className="cards" aria-label={label}>
        {shown.map((row, index) => <li key={keyOf(row)}><Card row={row} index={index} columns={columns as TableColumnType<Row>[]} /></li>)}
      </ul>
      {rows.length > pageSize && <Pagination size="small" simple current={current} pageSize={pageSize} total={rows.length} onChange={setPage} />}
    </>
  );
}

function Card<Row>({ row, index, columns: [name, ...others] }: { readonly row: Row; readonly index: number; readonly columns: readonly TableColumnType<Row>[] }) {
  const said = (column: TableColumnType<Row> | undefined) => column?.render?.(undefined as never, row, index) as ReactNode;
  const facts = others.filter(({ key }) => key !== "actions").map((column) => ({ key: String(column.key), title: column.title as ReactNode, value: said(column) }));
  return (
    <>
      <div className="card-name">{said(name)}</div>
      <dl>{facts.filter(({ value }) => isSomething(value)).map(({ key, title, value }) => <div key={key}><dt>{title}</dt><dd>{value}</dd></div>)}</dl>
      {said(others.find(({ key }) => key === "actions"))}
    </>
  );
}

function isSomething(value: ReactNode): boolean {
  return value !== undefined && value !== null && value !== false && value !== "" && !(Array.isArray(value) && value.length === 0);
}
