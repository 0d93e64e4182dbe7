import { Table, type TableColumnsType } from "antd";

interface RowsProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: TableColumnsType<Row>;
  readonly keyOf: (row: Row) => string;
}

/** A table that scrolls within itself where the screen is narrow. */
export function Rows<Row extends object>({ label, rows, columns, keyOf }: RowsProps<Row>) {
  return (
    <Table<Row>
      aria-label={label} size="middle" dataSource={rows} columns={columns} rowKey={keyOf} scroll={{ x: "max-content" }}
      pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
    />
  );
}
