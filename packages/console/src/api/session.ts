import { z } from "zod";

export const sessionSchema = z.object({
  /** Whether this console asks for a login at all. */
  loginRequired: z.boolean(),
  /** Who is logged in; null: nobody, or no login is asked for. */
  user: z.string().nullable(),
  /** Nothing can be changed through this console. */
  readOnly: z.boolean(),
  /** Why, or how to change it: for a tooltip. */
  readOnlyHint: z.string().optional(),
  /** Version of the console. */
  version: z.string(),
  /** Name server addresses as configured. */
  namesrvs: z.array(z.string()),
  /** Whether there is a folder of drill runs to show. */
  drills: z.boolean(),
});
export type Session = z.infer<typeof sessionSchema>;

export const loginSchema = z.object({ user: z.string().max(200), password: z.string().max(1000) });
export type Login = z.infer<typeof loginSchema>;
