import { type ReactNode, type SyntheticEvent, useState } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { useApi } from "../../api/use-api.ts";
import { fieldTime } from "../../format.ts";
import { useT } from "../../i18n/index.ts";
import { Card, Loaded, Page } from "../../ui/basics.tsx";
import { Choice, TextField } from "../../ui/form.tsx";
import { MessageTable } from "./message-table.tsx";

const ways = ["time", "key", "id"] as const;
type Way = (typeof ways)[number];
const hourMs = 3_600_000;

/** Messages by time, key or id. What was asked is in the address, so that it can be sent to a colleague. */
export default function MessagesView(): ReactNode {
  const t = useT();
  const [, go] = useLocation();
  const asked = new URLSearchParams(useSearch());
  const [way, setWay] = useState<Way>(ways.find((one) => one === asked.get("by")) ?? "time");
  const [topic, setTopic] = useState(asked.get("topic") ?? "");
  const [text, setText] = useState(asked.get("key") ?? "");
  const [from, setFrom] = useState(() => fieldTime(Number(asked.get("from") ?? Date.now() - hourMs)));
  const [to, setTo] = useState(() => fieldTime(Number(asked.get("to") ?? Date.now() + 60_000)));
  const topics = useApi("topics", {});
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (way === "id") return go(`/messages/${encodeURIComponent(topic)}/${encodeURIComponent(text.trim())}`);
    const query: Record<string, string> =
      way === "key"
        ? { by: way, topic, key: text.trim() }
        : { by: way, topic, from: String(new Date(from).getTime()), to: String(new Date(to).getTime()) };
    go(`/messages?${new URLSearchParams(query)}`);
  };
  return (
    <Page title={t("nav.messages")}>
      <Card>
        <form className="form ask" onSubmit={submit}>
          <Choice
            label={t("messages.by")}
            value={way}
            options={ways.map((one) => [one, t(`messages.by.${one}`)] as const)}
            onChange={setWay}
          />
          <div className="row">
            <div className="field">
              <label htmlFor="topic">{t("topic")}</label>
              <input
                id="topic"
                className="input mono"
                list="topics"
                required
                value={topic}
                spellCheck={false}
                autoComplete="off"
                onChange={(event) => setTopic(event.target.value)}
              />
              <datalist id="topics">
                {topics.data?.topics.map(({ name }) => (
                  <option key={name} value={name} />
                ))}
              </datalist>
            </div>
            {way === "time" ? (
              <>
                <TextField label={t("from")} type="datetime-local" value={from} onChange={setFrom} />
                <TextField label={t("to")} type="datetime-local" value={to} onChange={setTo} />
              </>
            ) : (
              <TextField label={t(`messages.by.${way}`)} value={text} onChange={setText} required />
            )}
            <button type="submit" className="button primary">
              {t("search")}
            </button>
          </div>
        </form>
      </Card>
      {asked.get("topic") !== null && <Found asked={asked} />}
    </Page>
  );
}

function Found({ asked }: { readonly asked: URLSearchParams }): ReactNode {
  const t = useT();
  const query = {
    topic: asked.get("topic") ?? "",
    key: asked.get("key") ?? undefined,
    from: asked.get("from") ?? undefined,
    to: asked.get("to") ?? undefined,
    limit: 200,
  };
  const found = useApi("messages", { query });
  return (
    <Card
      flush
      title={t("messages.found")}
      aside={<Link href={`/topics/${encodeURIComponent(query.topic)}`}>{query.topic}</Link>}
    >
      <Loaded query={found}>{(data) => <MessageTable of={data} />}</Loaded>
    </Card>
  );
}
