import { epochMs } from "../board/model";
import { stateKey } from "../board/states";
import type { AgentDay } from "../gen/muster/gateway/v1/board_service_pb";
import { State } from "../gen/muster/presence/v1/state_pb";
import type { ShiftFacts } from "./shifts";

const WIDTH = 1000;
const BLOCK = { y: 6, height: 12 };
/** As on the board, who is not there leaves but a thin line. */
const LANE = { y: 10, height: 4 };

interface DayBarProps {
  readonly day: AgentDay;
  readonly shifts: readonly ShiftFacts[];
}

/** The span as one bar: planned shifts as outlines over what was seen. Whoever cannot see it reads the facts below. */
export function DayBar({ day, shifts }: DayBarProps) {
  const startMs = epochMs(day.startTime) ?? 0;
  const scale = WIDTH / Math.max((epochMs(day.endTime) ?? startMs) - startMs, 1);
  const passedMs = epochMs(day.passedTime) ?? startMs;
  const at = (fromMs: number, toMs: number) => {
    const left = Math.max((fromMs - startMs) * scale, 0);
    return { x: left, width: Math.max(Math.min((toMs - startMs) * scale, WIDTH) - left, 0) };
  };
  return (
    <svg className="day-bar" viewBox={`0 0 ${WIDTH} 24`} preserveAspectRatio="none" aria-hidden="true">
      {day.timeline?.intervals.map(({ state, startTime, endTime, capacityLeft }, index) => {
        const place = at(epochMs(startTime) ?? 0, Math.min(epochMs(endTime) ?? 0, passedMs));
        const lane = state === State.OFFLINE ? LANE : BLOCK;
        return <rect key={index} className={capacityLeft ? "spare" : stateKey(state)} {...place} {...lane} />;
      })}
      {shifts.map((shift) => (
        <rect key={shift.shift.name} className="planned" {...at(shift.startMs, shift.endMs)} y={2} height={20} />
      ))}
    </svg>
  );
}
