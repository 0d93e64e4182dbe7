import { useState } from "react";
import { listNewestEvents, publishMapping, SourceEvent_State, tryMapping, type Source, type TestSourceMappingResponse } from "../../../api/sources";
import { asProblem, type Problem } from "../../../api/problem";
import { useReload } from "../kit/data";
import { samplesOf } from "./tried";

const NEWEST = 200;

/** How a draft of a mapping fares. */
export interface Trial {
  readonly tried: TestSourceMappingResponse | null;
  readonly problem: Problem | null;
  readonly isBusy: boolean;
  readonly run: (text: string, samples: string) => Promise<void>;
  readonly publish: (text: string) => Promise<void>;
  /** Forgets what was refused of a text that is being changed. */
  readonly forget: () => void;
}

/** Tries drafts of a source's mapping, and publishes them. */
export function useTrial(source: Source): Trial {
  const reload = useReload();
  const [tried, setTried] = useState<TestSourceMappingResponse | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const attempt = async (deed: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    try {
      await deed();
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return {
    tried, problem, isBusy,
    run: (text, samples) => {
      setTried(null);
      return attempt(async () => setTried(await tryMapping(source, text, samples)));
    },
    publish: (text) => attempt(async () => { await publishMapping(source, text); await reload(); }),
    forget: () => setProblem(null),
  };
}

/** The newest events that came, as samples; empty where none came or their text is not told to this account. */
export async function newestSamples(source: Source): Promise<string> {
  return samplesOf(await listNewestEvents(source, SourceEvent_State.UNSPECIFIED, NEWEST));
}
