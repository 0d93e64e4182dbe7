import { App, ConfigProvider, Grid, theme as design, type ThemeConfig } from "antd";
import enGB from "antd/es/locale/en_GB";
import zhCN from "antd/es/locale/zh_CN";
import { useMemo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useTheme } from "../../../app/theme";
import type { Theme } from "../../../board/palette";

/** Ant Design in our colours, type and language, on a phone in sizes for fingers: its tokens are read from the variables of base.css. */
export function AntDesign({ children }: { readonly children: ReactNode }) {
  const { theme } = useTheme();
  const { i18n } = useTranslation();
  const { md: isWide = true } = Grid.useBreakpoint();
  const tokens = useMemo(() => tokensOf(theme), [theme]);
  return (
    <ConfigProvider
      theme={tokens} locale={i18n.language === "zh" ? zhCN : enGB} componentSize={isWide ? "middle" : "large"} wave={{ disabled: true }}
      button={{ autoInsertSpace: false }}
    >
      <App component={false}>{children}</App>
    </ConfigProvider>
  );
}

function tokensOf(theme: Theme): ThemeConfig {
  const styles = getComputedStyle(document.documentElement);
  const colour = (name: string) => styles.getPropertyValue(`--${name}`).trim();
  return {
    algorithm: theme === "dark" ? design.darkAlgorithm : design.defaultAlgorithm,
    token: {
      colorPrimary: colour("accent"),
      // The usual lighter one leaves too little contrast to the words on a button under the pointer.
      colorPrimaryHover: colour("accent"),
      colorLink: colour("accent"),
      colorInfo: colour("accent"),
      colorText: colour("text"),
      colorTextSecondary: colour("muted"),
      colorTextTertiary: colour("muted"),
      colorTextDescription: colour("muted"),
      colorTextPlaceholder: colour("muted"),
      colorTextLightSolid: colour("on-accent"),
      colorBgBase: colour("surface"),
      colorBgLayout: colour("page"),
      colorBgContainer: colour("surface"),
      colorBgElevated: colour("raised"),
      colorBorder: colour("line-strong"),
      colorBorderSecondary: colour("line"),
      colorWarning: colour("warn"),
      // Red means busy: what is refused or ends something is told in the colour of warnings.
      colorError: colour("warn"),
      fontFamily: getComputedStyle(document.body).fontFamily,
      fontSize: 13,
      borderRadius: 6,
      motion: false,
    },
    components: {
      Table: { headerBg: colour("page"), cellPaddingBlockMD: 8, cellPaddingInlineMD: 12 },
      Form: { itemMarginBottom: 16, verticalLabelPadding: "0 0 4px" },
    },
  };
}
