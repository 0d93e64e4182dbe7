import type { DownloadedFile } from "../api/http";

/** Hands a file to the browser, which saves it under its name. */
export function save({ name, content }: DownloadedFile): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
