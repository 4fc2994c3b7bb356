import type { Missing as MissingOne } from "@hotfire/console/api";
import type { ReactNode } from "react";
import type { ApiFailure } from "../api/client.ts";
import { isKnownCode, saysItAll } from "../api/error-codes.ts";
import { useSpeech, useT } from "../i18n/index.ts";
import { sayFailure } from "../i18n/say-failure.ts";
import { saySilence } from "../i18n/say-problem.ts";

export type Tone = "neutral" | "good" | "warn" | "bad" | "accent";

export function Badge({
  tone = "neutral",
  children,
}: {
  readonly tone?: Tone;
  readonly children: ReactNode;
}): ReactNode {
  return <span className={`badge ${tone}`}>{children}</span>;
}

export function Page(props: {
  readonly title: ReactNode;
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <>
      <header className="page-head">
        <div>
          <h1>{props.title}</h1>
          {props.about !== undefined && <p className="about">{props.about}</p>}
        </div>
        {props.actions !== undefined && <div className="actions">{props.actions}</div>}
      </header>
      {props.children}
    </>
  );
}

export function Card(props: {
  readonly title?: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly flush?: boolean;
}): ReactNode {
  return (
    <section className={props.flush ? "card flush" : "card"}>
      {props.title !== undefined && (
        <header className="card-head">
          <h2>{props.title}</h2>
          {props.aside !== undefined && <div className="aside">{props.aside}</div>}
        </header>
      )}
      {props.children}
    </section>
  );
}

export function Stat(props: {
  readonly name: ReactNode;
  readonly value: ReactNode;
  readonly more?: ReactNode;
  readonly tone?: Tone;
}): ReactNode {
  return (
    <div className={`stat ${props.tone ?? "neutral"}`}>
      <dt>{props.name}</dt>
      <dd>{props.value}</dd>
      {props.more !== undefined && <dd className="more">{props.more}</dd>}
    </div>
  );
}

/** Names and values, two columns. */
export function Facts({ of }: { readonly of: readonly (readonly [ReactNode, ReactNode])[] }): ReactNode {
  return (
    <dl className="facts">
      {of.map(([name, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is made anew with each render and never reordered
        <div key={index}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Notice({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }): ReactNode {
  return (
    <div className={`notice ${tone}`} role={tone === "bad" ? "alert" : "status"}>
      {children}
    </div>
  );
}

export function Failure({
  error,
  again,
}: {
  readonly error: ApiFailure;
  readonly again?: () => void;
}): ReactNode {
  const { language, t } = useSpeech();
  const said = sayFailure(language, error);
  return (
    <Notice tone="bad">
      <strong>{isKnownCode(error.code) ? t(`error.${error.code}`) : error.code}</strong>
      {said.message !== "" && !saysItAll(error.code) && <div lang={said.language}>{said.message}</div>}
      {said.hint !== undefined && <div lang={said.language}>{said.hint}</div>}
      {again !== undefined && (
        <button type="button" className="button small" onClick={again}>
          {t("again")}
        </button>
      )}
    </Notice>
  );
}

export function Loading(): ReactNode {
  const t = useT();
  return (
    <div className="loading" role="status">
      <span className="spinner" aria-hidden="true" />
      {t("loading")}
    </div>
  );
}

/** What came of a read: its failure, its waiting, or what to make of it. */
export function Loaded<T>(props: {
  readonly query: {
    readonly data: T | undefined;
    readonly error: ApiFailure | null;
    readonly refetch: () => unknown;
  };
  readonly children: (data: T) => ReactNode;
}): ReactNode {
  const { data, error, refetch } = props.query;
  return (
    <>
      {error !== null && <Failure error={error} again={() => void refetch()} />}
      {data === undefined ? error === null && <Loading /> : props.children(data)}
    </>
  );
}

/** Broker groups or nodes that did not answer a question put to all. */
export function Missing({ of }: { readonly of: readonly MissingOne[] }): ReactNode {
  const t = useT();
  if (of.length === 0) return null;
  return (
    <Notice tone="warn">
      {of.map((one) => (
        <div key={one.group}>{t("missing", { group: one.group, problem: saySilence(t, one) ?? "" })}</div>
      ))}
    </Notice>
  );
}
