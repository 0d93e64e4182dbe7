import "./administration.css";
import { Skeleton } from "antd";
import { Suspense } from "react";
import { usePath } from "../../app/address";
import type { PageProps } from "../../app/page";
import { PageBar } from "../../app/PageBar";
import { PageState } from "../../ui/PageState";
import { SectionNav } from "./SectionNav";
import { ROOT } from "./address";
import { AntDesign } from "./design/AntDesign";
import { groupsOf, sectionsOf, type SectionId } from "./permissions";
import { SECTIONS } from "./sections";
import { useText } from "./text";

/** Where what Muster goes by is kept: accounts, people, rules, sources. Each section is for whoever may open it. */
export default function AdministrationPage({ account, showKeys }: PageProps) {
  const t = useText();
  const path = usePath();
  const offered = sectionsOf(account);
  const section = offered.find((id) => path === `${ROOT}/${id}`) ?? offered[0];
  const may = (permission: string) => account.permissions.includes(permission);
  return (
    <div className="page administration">
      <PageBar account={account} showKeys={showKeys} title={t("title")} />
      {section === undefined ? <Nothing /> : (
        <AntDesign>
          <div className="administration-body">
            <SectionNav groups={groupsOf(account)} current={section} />
            <main><Opened key={section} id={section} may={may} /></main>
          </div>
        </AntDesign>
      )}
    </div>
  );
}

function Opened({ id, may }: { readonly id: SectionId; readonly may: (permission: string) => boolean }) {
  const Component = SECTIONS[id];
  return (
    <Suspense fallback={<Skeleton active={false} />}>
      <Component may={may} />
    </Suspense>
  );
}

function Nothing() {
  const t = useText();
  return (
    <main className="page">
      <PageState title={t("nothing.title")}>
        <p>{t("nothing.lead")}</p>
      </PageState>
    </main>
  );
}
