import { useTranslation } from "react-i18next";

/** The board's real layout before its content: nothing jumps when that arrives. */
export function Skeleton() {
  const { t } = useTranslation();
  return (
    <div className="skeleton" role="status" aria-busy="true" aria-label={t("page.loading")}>
      {Array.from({ length: 24 }, (_, index) => (
        <div className="skeleton-row" key={index}>
          <span className="skeleton-name" />
          <span className="skeleton-day" />
        </div>
      ))}
    </div>
  );
}
