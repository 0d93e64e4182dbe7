import { useTranslation } from "react-i18next";
import { stateKey } from "../../board/states";
import { State } from "../../gen/muster/presence/v1/state_pb";
import type { Strip, Strips } from "./facts";
import { areaPath, linePath, passedBlocks } from "./paths";
import { TEAMS_PER_PAGE } from "./rotation";
import { useText } from "./text";

/** From the bottom up. Who is not here leaves the ground free. */
const STACK = [State.ONLINE, State.BUSY, State.WRAP_UP, State.BREAK] as const;
const HEIGHT = 100;

/** Teams, each folded to one strip of stacked states. */
export function Teams({ strips, page }: { readonly strips: Strips; readonly page: number }) {
  const { t } = useTranslation();
  const shown = strips.groups.slice(page * TEAMS_PER_PAGE, (page + 1) * TEAMS_PER_PAGE);
  return (
    <div className="wall-teams">
      <ul>
        {shown.map((team, index) => (
          <li key={index}>
            <span className="wall-team">{team.name}</span>
            <TeamStrip team={team} strips={strips} />
          </li>
        ))}
      </ul>
      <ul className="wall-legend">
        {STACK.map((state) => (
          <li key={state}><span className={`wall-mark ${stateKey(state)}`} aria-hidden="true" />{t(`state.${stateKey(state)}`)}</li>
        ))}
      </ul>
    </div>
  );
}

const SMALLEST_GROUP = 5;

function TeamStrip({ team, strips }: { readonly team: Strip; readonly strips: Strips }) {
  const t = useText();
  if (team.isSuppressed) return <span className="wall-suppressed">{t("suppressed", { count: SMALLEST_GROUP })}</span>;
  const width = team.counts.length;
  const passed = team.counts.slice(0, passedBlocks(strips, width));
  const most = Math.max(1, ...passed.map((counts) => STACK.reduce((sum, state) => sum + (counts[state] ?? 0), 0)), ...(team.planned ?? []));
  let lower = passed.map(() => 0);
  return (
    <svg viewBox={`0 0 ${width} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={team.name}>
      {STACK.map((state) => {
        const from = lower;
        lower = passed.map((counts, block) => (from[block] ?? 0) + (counts[state] ?? 0));
        return <path key={state} className={`area ${stateKey(state)}`} d={areaPath(from, lower, most, HEIGHT)} />;
      })}
      {team.planned !== null && <path className="plan" d={linePath(team.planned, most, HEIGHT)} />}
    </svg>
  );
}
