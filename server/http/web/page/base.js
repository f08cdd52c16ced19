// The path that all of the server's begin with, "/chars", where it has a part of a site; else "".
export const base = globalThis.document?.documentElement.dataset.base || "";

export const charPath = (char) => `${base}/char/${char}`;
