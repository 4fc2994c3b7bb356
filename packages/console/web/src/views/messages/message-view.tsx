import type { MessageDetail } from "@hotfire/console/api";
import { type ReactNode, useMemo, useState } from "react";
import { Link, useParams } from "wouter";
import { urlOf } from "../../api/client.ts";
import { useApi } from "../../api/use-api.ts";
import { bytes, count, dateTime, duration } from "../../format.ts";
import { useT } from "../../i18n/index.ts";
import { Badge, Card, Facts, Loaded, Notice, Page, type Tone } from "../../ui/basics.tsx";
import { Choice } from "../../ui/form.tsx";
import { ChangeButton } from "../../ui/permission.tsx";
import {
  type BodyForm,
  bodyBytes,
  bodyForms,
  bodyHex,
  bodyJson,
  bodyText,
  firstForm,
  visible,
} from "./body.ts";
import { ResendDialog } from "./resend-dialog.tsx";

const stateTones: Readonly<Record<string, Tone>> = {
  consumed: "good",
  "not-yet": "warn",
  filtered: "neutral",
  offline: "warn",
  unknown: "neutral",
};

export default function MessageView(): ReactNode {
  const t = useT();
  const { topic = "", id = "" } = useParams();
  const message = useApi("message", { params: { topic, id } });
  return (
    <Page
      title={<span className="mono">{id}</span>}
      about={<Link href={`/topics/${encodeURIComponent(topic)}`}>← {topic}</Link>}
    >
      <Loaded query={message}>
        {(detail) => (
          <>
            <Body of={detail} />
            <div className="two">
              <Card title={t("message.facts")}>
                <Facts
                  of={[
                    [t("stored"), dateTime(detail.storedAt, true)],
                    [t("born"), `${dateTime(detail.bornAt, true)} · ${detail.bornHost}`],
                    [t("place"), `${detail.group} · ${detail.queueId} · ${count(detail.queueOffset)}`],
                    [t("message.offsetid"), <code key="id">{detail.offsetMessageId}</code>],
                    [t("keys"), detail.keys ?? "–"],
                    [t("tags"), detail.tags ?? "–"],
                    [t("message.retries"), detail.reconsumeTimes],
                  ]}
                />
              </Card>
              <Card title={t("properties")}>
                <Facts
                  of={Object.entries(detail.properties).map(([key, value]) => [
                    key,
                    <code key={key}>{visible(value)}</code>,
                  ])}
                />
              </Card>
            </div>
            <Consumption of={detail} />
            <Trace of={detail} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** Text nodes only: whatever the body says, it is shown, not run. */
function Body({ of }: { readonly of: MessageDetail }): ReactNode {
  const t = useT();
  const [form, setForm] = useState<BodyForm>(() => firstForm(of.bodyBase64));
  const forms = useMemo(() => {
    const body = bodyBytes(of.bodyBase64);
    const text = bodyText(body);
    return { text, json: bodyJson(text), hex: bodyHex(body) };
  }, [of.bodyBase64]);
  const shown = form === "hex" ? forms.hex : form === "json" ? forms.json : forms.text;
  return (
    <Card
      title={t("body")}
      aside={
        <>
          <span className="quiet">{bytes(of.bodyBytes)}</span>
          <Choice
            label={t("body.form")}
            value={form}
            options={bodyForms.map((one) => [one, t(`body.${one}`)] as const)}
            onChange={setForm}
          />
          <a
            className="button small"
            href={urlOf("messageBody", { topic: of.topic, id: of.messageId })}
            download
          >
            {t("download")}
          </a>
        </>
      }
    >
      {of.bodyTruncated && <Notice tone="neutral">{t("body.cut")}</Notice>}
      {shown === undefined ? (
        <p className="empty small">{t(form === "json" ? "body.nojson" : "body.notext")}</p>
      ) : (
        <pre className="code">{form === "hex" ? shown : visible(shown)}</pre>
      )}
    </Card>
  );
}

function Consumption({ of }: { readonly of: MessageDetail }): ReactNode {
  const t = useT();
  const params = { topic: of.topic, id: of.messageId };
  const consumption = useApi("messageConsumption", { params }, { everyMs: 5000 });
  const [resendTo, setResendTo] = useState<string>();
  return (
    <Card title={t("consumption")}>
      <Loaded query={consumption}>
        {({ consumers }) =>
          consumers.length === 0 ? (
            <p className="empty small">{t("topic.noconsumers")}</p>
          ) : (
            <ul className="nodes">
              {consumers.map(({ consumer, state, detail }) => (
                <li key={consumer}>
                  <Link className="mono" href={`/consumers/${encodeURIComponent(consumer)}`}>
                    {consumer}
                  </Link>
                  <Badge tone={stateTones[state] ?? "neutral"}>{t(`consumed.${state}`)}</Badge>
                  {detail !== undefined && <span className="quiet">{detail}</span>}
                  <ChangeButton small onClick={() => setResendTo(consumer)}>
                    {t("resend")}
                  </ChangeButton>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {resendTo !== undefined && (
        <ResendDialog params={params} consumer={resendTo} onClose={() => setResendTo(undefined)} />
      )}
    </Card>
  );
}

function Trace({ of }: { readonly of: MessageDetail }): ReactNode {
  const t = useT();
  const trace = useApi("messageTrace", { params: { topic: of.topic, id: of.messageId } });
  return (
    <Card title={t("trace")}>
      <Loaded query={trace}>
        {({ steps }) =>
          steps.length === 0 ? (
            <p className="empty small">{t("trace.none")}</p>
          ) : (
            <ol className="events">
              {steps.map((step) => (
                <li
                  key={`${step.at}/${step.kind}/${step.client}`}
                  className={step.ok === false ? "bad" : "good"}
                >
                  <time>{dateTime(step.at, true)}</time>
                  <div>
                    <b>{t(`trace.${step.kind}`)}</b> {step.client}{" "}
                    <span className="quiet">{step.clientHost ?? ""}</span>
                  </div>
                  {step.tookMs !== null && <span className="gap">{duration(step.tookMs)}</span>}
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
    </Card>
  );
}
