import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { listMyLooks } from "../../api/looks";
import type { AgentDay } from "../../api/myDay";
import { asProblem } from "../../api/problem";
import { epochMs } from "../../board/model";
import type { ListMyLooksResponse_Look as Look } from "../../gen/muster/gateway/v1/audit_service_pb";
import { Card } from "./Card";
import { lookedAt, purposeOf } from "./model/looks";

/** Who looked at her data, when and what for. */
export function LooksCard({ day }: { readonly day: AgentDay }) {
  const { t } = useTranslation();
  const looks = useInfiniteQuery({
    queryKey: ["looks"],
    queryFn: ({ pageParam, signal }) => listMyLooks(pageParam, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextPageToken || null,
  });
  const lines = looks.data?.pages.flatMap((page) => page.looks) ?? [];
  return (
    <Card title={t("myDay.looks")} name="looks">
      {looks.isPending && <p className="muted" role="status">{t("frame.loading")}</p>}
      {looks.isError && (
        <p className="note refused" role="alert">{t("myDay.failed")} <code>{asProblem(looks.error).code}</code>{" "}
          <button type="button" className="link" onClick={() => void looks.refetch()}>{t("page.retry")}</button>
        </p>
      )}
      {looks.isSuccess && lines.length === 0 && <p className="muted">{t("myDay.noLooks")}</p>}
      {lines.length > 0 && (
        <ol className="changes looks" tabIndex={0} aria-label={t("myDay.looks")}>
          {lines.map((look, index) => <LookLine key={index} look={look} timeZone={day.timeZone} />)}
        </ol>
      )}
      {looks.hasNextPage && (
        <button type="button" className="button" disabled={looks.isFetchingNextPage} onClick={() => void looks.fetchNextPage()}>
          {t("log.more")}
        </button>
      )}
    </Card>
  );
}

function LookLine({ look, timeZone }: { readonly look: Look; readonly timeZone: string }) {
  const { t, i18n } = useTranslation();
  const instant = new Intl.DateTimeFormat(i18n.language, {
    timeZone, month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  });
  const { code, note } = purposeOf(look.purpose);
  const purpose = code === null ? t("myDay.look.noPurpose") : [t(`purpose.${code}`), note].filter((part) => part !== "").join(": ");
  return (
    <li>
      <span className="changes-time">{instant.format(epochMs(look.lookTime) ?? 0)}</span>
      <span>{look.actorDisplayName} <small>{[t(`myDay.look.${lookedAt(look.method, look.isChange)}`), purpose].join(" · ")}</small></span>
    </li>
  );
}
