import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

// The folder of the project may have a space in its name, which an address does not.
const ADOPTED_STYLES = decodeURIComponent(
  new URL("src/pages/administration/design/adoptedStyles.ts", import.meta.url).pathname,
);
const WRITES_STYLES = /(?:@rc-component\/util\/.*Dom\/dynamicCSS|@ant-design\/icons\/.*cssUtils)(?:\.js)?$/;

/** Lets Ant Design adopt its style sheets: the pages' content security policy allows no `<style>` elements. */
const adoptStyles: Plugin = {
  name: "muster-adopt-styles",
  enforce: "pre",
  resolveId(source, importer = "") {
    const path = source.startsWith(".") ? new URL(source, `file://${importer}`).pathname : source;
    return WRITES_STYLES.test(path) ? ADOPTED_STYLES : null;
  },
};

export default defineConfig({
  plugins: [adoptStyles, react()],
  build: {
    outDir: "../static",
    emptyOutDir: true,
    target: "es2022",
    // Nothing is inlined: the content security policy allows files of our own origin alone.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // `npm run dev` shows the sources against a gateway that runs already.
  server: { proxy: { "/v1": "http://127.0.0.1:8080" } },
  test: { environment: "node", include: ["tests/**/*.test.ts"] },
});
