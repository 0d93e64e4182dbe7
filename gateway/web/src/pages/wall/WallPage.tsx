import "./wall.css";
import i18next from "i18next";
import { useEffect, useState } from "react";
import { formatDuration } from "../../board/clock";
import { PALETTES, paletteProperties } from "../../board/palette";
import { useNow } from "../../board/useNow";
import type { WallFacts } from "./facts";
import { followWall, isDead, newFeed, type Feed } from "./feed";
import { LEAST_SIZE } from "./legibility";
import { parseOptions, type WallOptions } from "./options";
import { sceneAt, scenesFor } from "./rotation";
import { SceneView } from "./SceneView";
import { useText } from "./text";
import { takeToken } from "./token";
import { useWakeLock } from "./useWakeLock";

/** A site on a wall: read from across the room, touched by nobody. */
export default function WallPage() {
  const [options] = useState(() => parseOptions(window.location.search));
  const [token] = useState(() => takeToken());
  useDress(options);
  useWakeLock();
  const t = useText();
  return (
    <main className="wall">
      {options.site === null ? <Cover title={t("noSite")} hint={t("noSiteHint")} /> : <SiteWall site={options.site} options={options} token={token} />}
    </main>
  );
}

interface SiteWallProps {
  readonly site: string;
  readonly options: WallOptions;
  readonly token: string | null;
}

function SiteWall({ site, options, token }: SiteWallProps) {
  const t = useText();
  const now = useNow();
  const [feed, setFeed] = useState(() => newFeed(Date.now()));
  useEffect(() => followWall(site, token, setFeed), [site, token]);
  const { facts } = feed;
  useEffect(() => {
    document.title = facts?.siteName ?? t("starting");
  }, [facts?.siteName, t]);
  if (isDead(feed, now)) return <DeadFeed feed={feed} now={now} />;
  if (facts === null) return <div role="status" aria-label={t("starting")} />;
  const scenes = scenesFor(options.scenes, facts.teams?.groups.length ?? 0);
  const scene = sceneAt(scenes, now, options.seconds);
  const serverNow = facts.serverMs + (now - feed.freshMs);
  return (
    <>
      <Header facts={facts} serverNow={serverNow} />
      <div className="wall-scene" key={`${scene.name}-${scene.page}`} data-scene={scene.name}>
        <SceneView scene={scene} facts={facts} now={serverNow} />
      </div>
      <div className="wall-turns" role="img" aria-label={t("scenes", { scene: scenes.indexOf(scene) + 1, count: scenes.length })}>
        {scenes.map((one) => <span key={`${one.name}-${one.page}`} className={one === scene ? "is-shown" : ""} />)}
      </div>
    </>
  );
}

function Header({ facts, serverNow }: { readonly facts: WallFacts; readonly serverNow: number }) {
  const clock = new Intl.DateTimeFormat(i18next.language, { timeZone: facts.zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return (
    <header className="wall-header">
      <h1>{facts.siteName}</h1>
      <time>{clock.format(serverNow)}</time>
    </header>
  );
}

function DeadFeed({ feed, now }: { readonly feed: Feed; readonly now: number }) {
  const t = useText();
  const { problem } = feed;
  if (problem?.isSignedOut === true) return <Cover title={t("signedOut")} hint={t("refusedHint")} />;
  if (problem?.status === 403 || problem?.status === 404) return <Cover title={t("refused")} hint={problem.reason} />;
  return <Cover title={t("dead")} figure={t("deadFor", { age: formatDuration(now - feed.freshMs) })} hint={t("returning")} />;
}

interface CoverProps {
  readonly title: string;
  readonly figure?: string;
  readonly hint: string;
}

/** Covers everything: old figures would be taken for those of now. */
function Cover({ title, figure, hint }: CoverProps) {
  return (
    <section className="wall-cover" role="alert">
      <h1>{title}</h1>
      {figure !== undefined && <p className="wall-age">{figure}</p>}
      <p className="wall-hint">{hint}</p>
    </section>
  );
}

/** Dark unless the address says otherwise, and in its language: there is nobody to choose. */
function useDress({ isLight, language }: WallOptions): void {
  useEffect(() => {
    const theme = isLight ? "light" : "dark";
    const root = document.documentElement;
    root.dataset["theme"] = theme;
    for (const [name, value] of paletteProperties(PALETTES[theme])) root.style.setProperty(name, value);
    root.style.setProperty("--wall-least", LEAST_SIZE);
    if (language !== null) void i18next.changeLanguage(language);
  }, [isLight, language]);
}
