import { Grid, Table, type TableColumnsType } from "antd";
import { Cards } from "./Cards";

interface RowsProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: TableColumnsType<Row>;
  readonly keyOf: (row: Row) => string;
}

const PAGE_SIZE = 50;

/** Rows as a table; as cards where a table would not fit the screen. */
export function Rows<Row extends object>({ label, rows, columns, keyOf }: RowsProps<Row>) {
  const { md: isWide = true } = Grid.useBreakpoint();
  if (!isWide) return <Cards label={label} rows={rows} columns={columns} keyOf={keyOf} pageSize={PAGE_SIZE} />;
  return (
    <Table<Row>
      aria-label={label} size="middle" dataSource={rows} columns={columns} rowKey={keyOf} scroll={{ x: "max-content" }}
      pagination={{ pageSize: PAGE_SIZE, hideOnSinglePage: true, showSizeChanger: false }}
    />
  );
}
