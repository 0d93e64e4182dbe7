import type { Operations_Platform as Platform } from "../../gen/muster/gateway/v1/operations_service_pb";
import { useText } from "./text";

export function PlatformTable({ platforms }: { readonly platforms: readonly Platform[] }) {
  const t = useText();
  return (
    <section aria-labelledby="operations-platforms">
      <h2 id="operations-platforms">{t("platforms")}</h2>
      {platforms.length === 0 ? <p className="muted">{t("noPlatforms")}</p> : (
        <table>
          <thead>
            <tr><th scope="col">{t("platform")}</th><th scope="col">{t("site")}</th><th scope="col">{t("pending")}</th></tr>
          </thead>
          <tbody>
            {platforms.map((one) => (
              <tr key={one.name}>
                <th scope="row">{one.displayName}<small>{one.name}</small></th>
                <td data-label={t("site")}>{one.site}</td>
                <td data-label={t("pending")}>{one.pendingCount} {!one.mapped && <small>{t("unmapped")}</small>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
