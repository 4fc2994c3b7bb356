import { type ChangeEvent, type ReactNode, useId } from "react";

interface FieldProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly children: (id: string) => ReactNode;
}

export function Field({ label, hint, children }: FieldProps): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint !== undefined && <p className="hint">{hint}</p>}
    </div>
  );
}

interface TextProps {
  readonly label: ReactNode;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: ReactNode;
  readonly type?: "text" | "number" | "password" | "datetime-local" | "search";
  readonly placeholder?: string;
  readonly required?: boolean;
  readonly autoComplete?: string;
  readonly min?: number;
  readonly max?: number;
  readonly autoFocus?: boolean;
}

export function TextField(props: TextProps): ReactNode {
  const { label, hint, onChange, type = "text", autoComplete = "off", ...rest } = props;
  return (
    <Field label={label} hint={hint}>
      {(id) => (
        <input
          id={id}
          className="input"
          type={type}
          step={type === "datetime-local" ? 1 : undefined}
          autoComplete={autoComplete}
          spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
          {...rest}
        />
      )}
    </Field>
  );
}

export function TextArea(props: {
  readonly label: ReactNode;
  readonly value: string;
  readonly rows?: number;
  readonly onChange: (value: string) => void;
}): ReactNode {
  return (
    <Field label={props.label}>
      {(id) => (
        <textarea
          id={id}
          className="input mono"
          rows={props.rows ?? 5}
          value={props.value}
          spellCheck={false}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

export function SelectField<T extends string>(props: {
  readonly label: ReactNode;
  readonly value: T;
  readonly options: readonly (readonly [T, string])[];
  readonly onChange: (value: T) => void;
  readonly hint?: ReactNode;
}): ReactNode {
  const choose = (event: ChangeEvent<HTMLSelectElement>) => {
    const found = props.options.find(([value]) => value === event.target.value);
    if (found !== undefined) props.onChange(found[0]);
  };
  return (
    <Field label={props.label} hint={props.hint}>
      {(id) => (
        <select id={id} className="input" value={props.value} onChange={choose}>
          {props.options.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function CheckField(props: {
  readonly label: ReactNode;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}): ReactNode {
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={props.value}
        onChange={(event) => props.onChange(event.target.checked)}
      />
      <span>{props.label}</span>
    </label>
  );
}

export function SearchBox(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  return (
    <input
      className="input search"
      type="search"
      aria-label={props.label}
      placeholder={props.label}
      value={props.value}
      spellCheck={false}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}

/** A choice among few, as a row of buttons. */
export function Choice<T extends string>(props: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [T, string])[];
  readonly onChange: (value: T) => void;
}): ReactNode {
  return (
    <fieldset className="choice">
      <legend className="sr">{props.label}</legend>
      {props.options.map(([value, text]) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === props.value}
          onClick={() => props.onChange(value)}
        >
          {text}
        </button>
      ))}
    </fieldset>
  );
}
