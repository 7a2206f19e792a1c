// The OpenID provider of the lab: signs anybody in as whoever they say they are, and tells its mail server about tokens.
//
// Usage: node issuer.mjs '{"issuer", "tls": {"address", "port"}, "clear": {"address", "port"}, "chain", "key",
// "redirects", "ledger"}'. Prints the access tokens that the lab's states use, then `listening`. Every secret that it
// ever gave out or was shown is a line of the ledger, for those who look for what leaked.

import { generateKeyPairSync } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import { createServer as clear } from 'node:http';
import { createServer as tls } from 'node:https';
import Provider from 'oidc-provider';

const lab = JSON.parse(process.argv[2]);
const MAIL = 'https://imap.mail.test';
const OTHER = 'https://files.mail.test';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const client = (client_id, more) => ({
  client_id,
  client_secret: `${client_id}-secret-which-opens-nothing-but-the-lab`,
  redirect_uris: lab.redirects,
  // A loopback address is good with any port for programs on a person's own machine (RFC 8252 section 7.3).
  application_type: 'native',
  id_token_signed_response_alg: 'ES256',
  grant_types: [
    'authorization_code',
    'refresh_token',
    'urn:ietf:params:oauth:grant-type:device_code',
  ],
  ...more,
});

// What is known of an account: `lea.lead@…` is called Lea and is in the group `lead`; `….unverified@…` made the address up.
const claims = (id) => {
  const [name, ...groups] = id.split('@')[0].split('.');
  const email_verified = !groups.includes('unverified');
  return { sub: id, email: id, email_verified, name: `${name[0].toUpperCase()}${name.slice(1)}`, groups };
};

const provider = new Provider(lab.issuer, {
  clients: [
    client('mailtriage'),
    client('mail-server', { redirect_uris: [], response_types: [], grant_types: [] }),
  ],
  jwks: { keys: [privateKey.export({ format: 'jwk' })] },
  cookies: { keys: ['the lab needs no secret here'] },
  scopes: ['openid', 'email', 'profile', 'groups', 'offline_access', 'imap', 'smtp'],
  claims: {
    openid: ['sub'],
    email: ['email', 'email_verified'],
    profile: ['name'],
    groups: ['groups'],
  },
  conformIdTokenClaims: false,
  // Any name is an account.
  findAccount: (_, id) => ({ accountId: id, claims: () => claims(id) }),
  pkce: { required: () => true },
  features: {
    deviceFlow: { enabled: true },
    introspection: {
      enabled: true,
      // A mail server is told about tokens for mail only.
      allowedPolicy: (_, __, token) => token.aud === undefined || token.aud === MAIL,
    },
    revocation: { enabled: true },
    devInteractions: { enabled: true },
  },
  ttl: { AccessToken: 3600, AuthorizationCode: 60, DeviceCode: 300, Grant: 3600, IdToken: 3600 },
});
// A proxy's business in the real world: both of our servers are this one issuer.
provider.proxy = true;

const note = (kind, secret) => secret && appendFileSync(lab.ledger, `${kind} ${secret}\n`);
provider.use(async (ctx, next) => {
  if (ctx.path.startsWith('/lab/')) {
    ctx.body = await control(ctx);
    return;
  }
  if (ctx.path === '/favicon.ico') {
    ctx.status = 204;
    return;
  }
  await next();
  // The library's own pages for development would fetch a font from elsewhere.
  if (typeof ctx.body === 'string') {
    ctx.body = ctx.body.replace(/@import [^;]*;/, '');
  }
  const asked = ctx.oidc?.params ?? {};
  note('code', asked.code);
  note('verifier', asked.code_verifier);
  // Tests share the ledger, so each finds its own token by the code that it was given for.
  note(`token_for_${asked.code}`, asked.code && ctx.body?.access_token);
  if (asked.grant_type?.endsWith(':device_code')) {
    note('device_token', ctx.body?.access_token);
  }
  if (ctx.path === '/token/revocation') {
    note('revoked', asked.token);
  }
  for (const kind of ['access_token', 'refresh_token', 'id_token', 'device_code']) {
    note(kind, ctx.body?.[kind]);
  }
});

// What a person would do in a browser, for tests without one: `/lab/approve?code=…&account=…`, `/lab/deny?code=…`, and
// `/lab/sign-in?page=…&account=…`, which gives the address that the browser would be sent back to.
async function control(ctx) {
  const { code: userCode, account, page } = ctx.query;
  if (ctx.path === '/lab/sign-in') {
    return signIn(new URL(page).searchParams, account);
  }
  const code = await provider.DeviceCode.findByUserCode(userCode.replace('-', ''));
  if (ctx.path === '/lab/deny') {
    code.error = 'access_denied';
    code.errorDescription = 'End-User aborted interaction';
  } else {
    const scope = code.params.scope;
    code.grantId = await grant(account, scope, code.clientId);
    Object.assign(code, { accountId: account, scope, authTime: Math.floor(Date.now() / 1000) });
  }
  await code.save();
  return 'done\n';
}

async function signIn(asked, accountId) {
  const of = await provider.Client.find(asked.get('client_id'));
  const scope = asked.get('scope');
  const code = new provider.AuthorizationCode({
    accountId,
    client: of,
    scope,
    redirectUri: asked.get('redirect_uri'),
    codeChallenge: asked.get('code_challenge'),
    codeChallengeMethod: asked.get('code_challenge_method'),
    nonce: asked.get('nonce'),
    authTime: Math.floor(Date.now() / 1000),
    grantId: await grant(accountId, scope, of.clientId),
  });
  const back = new URL(asked.get('redirect_uri'));
  back.searchParams.set('code', await code.save());
  back.searchParams.set('state', asked.get('state'));
  back.searchParams.set('iss', lab.issuer);
  return back.href;
}

async function grant(accountId, scope, clientId) {
  const given = new provider.Grant({ accountId, clientId });
  given.addOIDCScope(scope);
  return given.save();
}

// An access token as it would come of a sign-in.
async function issue({ account, scope = 'openid imap smtp', audience, ended = false }) {
  const of = await provider.Client.find('mailtriage');
  const token = new provider.AccessToken({ client: of, accountId: account, scope });
  token.grantId = await grant(account, scope, of.clientId);
  if (audience) {
    token.aud = audience;
  }
  const value = await token.save();
  if (ended) {
    const stored = await token.adapter.find(token.jti);
    await token.adapter.upsert(token.jti, { ...stored, exp: stored.iat - 60 }, 3600);
  }
  return { value, token };
}

const user = 'user@mail.test';
const revoked = await issue({ account: user });
await revoked.token.destroy();
const tokens = {
  good: await issue({ account: user }),
  ended: await issue({ account: user, ended: true }),
  revoked,
  'for-files': await issue({ account: user, audience: OTHER }),
  'for-mail': await issue({ account: user, audience: MAIL }),
  'other-user': await issue({ account: 'other@mail.test' }),
  'without-scope': await issue({ account: user, scope: 'openid smtp' }),
};
for (const [name, { value }] of Object.entries(tokens)) {
  console.log(`token ${name} ${value}`);
}

const answer = provider.callback();
const listen = (server, { address, port }) =>
  new Promise((resolve) => server.listen(port, address, resolve));
await listen(
  tls({ cert: readFileSync(lab.chain), key: readFileSync(lab.key) }, (request, response) => {
    request.headers['x-forwarded-proto'] = 'https';
    answer(request, response);
  }),
  lab.tls,
);
await listen(clear(answer), lab.clear);
console.log('listening');
