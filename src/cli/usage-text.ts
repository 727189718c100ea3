/** What `--help` prints, and the usage lines that go with an error. */
export type CommandName = 'sync' | 'stores' | 'profiles' | 'demo';

export const commandNames: readonly CommandName[] = ['sync', 'stores', 'profiles', 'demo'];

export function usageLine(command: CommandName): string {
  return usageLines[command];
}

/** The help of one command, or of all of them. */
export function helpText(command: CommandName | null): string {
  return command === null ? overview : `Usage: ${usageLines[command]}\n\n${details[command]}`;
}

const usageLines: Record<CommandName, string> = {
  sync: 'mapisync sync [store...] [options]',
  stores: 'mapisync stores [--profile P] [--mapi sample|PATH] [--json]',
  profiles: 'mapisync profiles [--mapi sample|PATH] [--json]',
  demo: 'mapisync demo [--json]',
};

const overview = `mapisync synchronises MAPI message stores through IMAPISync.

Usage: mapisync <command> [options]

Commands:
  sync        synchronises the default store, the stores named, or all
  stores      lists the stores of a profile
  profiles    lists the MAPI profiles of this user
  demo        synchronises a sample profile, and compares both sides afterwards

Options:
  --help      shows this, or the help of a command: mapisync sync --help
  --version   shows the version

Exit codes: 0 all succeeded, 1 a sync or MAPI failed, 2 wrong usage,
3 succeeded with problems reported, 130 cancelled with Ctrl-C.
`;

const whichMapi = `  --profile P          the MAPI profile; the default profile where left out
  --mapi sample|PATH   the embedded sample MAPI, or the absolute path of a MAPI
                       DLL; Outlook's, or the system's, where left out
`;

const asJson = `  --json               one JSON object a line on stdout, and nothing else
`;

const details: Record<CommandName, string> = {
  sync: `Synchronises the default store, or the stores with the display names given.

Which:
${whichMapi}  --all                all stores of the profile; those that cannot
                       synchronise are skipped
  --concurrency N      how many stores at once; 4 where left out

What:
  --direction D        both (where left out), upload or download
  --scope S            all (where left out), hierarchy or contents
  --headers-only       brings the headers of messages alone
  --background         says that nobody waits for it (leaves SYNC_ON_DEMAND out)
  --engine E           imapisync (where left out), transport, or auto:
                       transport for stores without IMAPISync

How long:
  --timeout 5m         cancels a store's sync that takes longer (ms, s, m, h)
  --stall 60s          cancels it when its provider has said nothing for so long

How it is shown:
${asJson}
Ctrl-C asks the providers to stop; a second one leaves at once.
Exit codes: 0 all succeeded, 1 a sync or MAPI failed, 2 wrong usage,
3 succeeded with problems reported, 130 cancelled.
`,
  stores: `Lists the message stores of a profile.

${whichMapi}${asJson}`,
  profiles: `Lists the MAPI profiles of this user.

${whichMapi.slice(whichMapi.indexOf('  --mapi'))}${asJson}`,
  demo: `Makes a sample profile: two mailboxes with some hundred messages, and a store
that cannot synchronise. Synchronises them through the embedded sample MAPI, on
the same path as any other store. Then compares both sides, byte by byte.
The profile stays in %LOCALAPPDATA%\\mapisync\\sample-profiles\\demo until the
next demo. Look into it with: mapisync stores --mapi sample --profile demo

${asJson}`,
};
