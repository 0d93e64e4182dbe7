import { useRef, useState } from "react";
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
  /** Forgets what was made and refused of a text or of samples that are being changed. */
  readonly forget: () => void;
}

/** Tries drafts of a source's mapping, and publishes them. */
export function useTrial(source: Source): Trial {
  const reload = useReload();
  const [tried, setTried] = useState<TestSourceMappingResponse | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const draft = useRef(0);
  const attempt = async (deed: () => Promise<void>) => {
    const tellsOf = draft.current;
    setBusy(true);
    setProblem(null);
    try {
      await deed();
    } catch (error) {
      if (tellsOf === draft.current) setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const tryOut = async (text: string, samples: string) => {
    const tellsOf = draft.current;
    const answer = await tryMapping(source, text, samples);
    if (tellsOf === draft.current) setTried(answer);
  };
  // A text that could not be made the active one is a version nevertheless.
  const publish = (text: string) => publishMapping(source, text).then(() => undefined).finally(reload);
  return {
    tried, problem, isBusy,
    run: (text, samples) => {
      setTried(null);
      return attempt(() => tryOut(text, samples));
    },
    publish: (text) => attempt(() => publish(text)),
    forget: () => {
      draft.current += 1;
      setTried(null);
      setProblem(null);
    },
  };
}

/** The newest events that came, as samples; empty where none came or their text is not told to this account. */
export async function newestSamples(source: Source): Promise<string> {
  return samplesOf(await listNewestEvents(source, SourceEvent_State.UNSPECIFIED, NEWEST));
}
