// The sandbox's JSON endpoints.

async function answerOf(response) {
  const answer = await response.json().catch(() => ({ reason: response.statusText }));
  if (!response.ok) throw new Error(answer.reason ?? "The sandbox did not answer.");
  return answer;
}

export async function get(path) {
  return answerOf(await fetch(path));
}

export async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return answerOf(await fetch(path, { method: "POST", headers, body: JSON.stringify(body) }));
}
