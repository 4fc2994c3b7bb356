import { type ReactNode, type SyntheticEvent, useState } from "react";
import { useChange } from "../api/use-api.ts";
import { useT } from "../i18n/index.ts";
import { Failure } from "../ui/basics.tsx";
import { TextField } from "../ui/form.tsx";

export function LoginView(): ReactNode {
  const t = useT();
  const login = useChange("login");
  const [user, setUser] = useState("");
  const [password, setPassword] = useState("");
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    login.mutate({ body: { user, password } });
  };
  return (
    <main className="gate">
      <form className="card login form" onSubmit={submit}>
        <h1>
          <img src="icon.svg" alt="" width="28" height="28" /> Hotfire
        </h1>
        <TextField
          label={t("login.user")}
          value={user}
          onChange={setUser}
          autoComplete="username"
          autoFocus
        />
        <TextField
          label={t("login.password")}
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
        />
        {login.error !== null && <Failure error={login.error} />}
        <button type="submit" className="button primary" disabled={login.isPending || user === ""}>
          {t("login")}
        </button>
      </form>
    </main>
  );
}
