//! Who may open cases: agents with a token of their own, and agents whom an identity provider vouches for.
//!
//! A token has 256 random bits, so that its plain SHA-256 may be stored; so has a session. There's no password, and none to
//! begin with.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{
    cases::Unavailable,
    random::{NoRandomness, hashed, secret},
    store::{PutError, Shelf, ShelfKind, When, now_ms},
};

/// How long a session lasts.
pub(crate) const SESSION: Duration = Duration::from_secs(10 * 3600);

/// How often an agent's record is tried to be put while others change it too.
const PUT_TRIES: usize = 5;

/// Longest name, in characters.
const NAME_LENGTH: usize = 60;

/// What an agent may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Open cases and work on them.
    Agent,
    /// Also remove cases, and agents.
    Lead,
}

/// Somebody who signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Agent {
    /// The name that others see.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

/// A session as it's stored.
#[derive(Serialize, Deserialize)]
struct Session {
    agent: Agent,
    /// The key of the agent's record, the token's hash where they have one: the session ends with it.
    token: String,
}

/// Somebody at an identity provider: its own name, and its identifier of the person, which it never gives to another one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Person<'p> {
    pub issuer: &'p str,
    pub subject: &'p str,
}

impl Person<'_> {
    /// Where the agent's record is. No token's hash looks like it, so that whoever knows both texts has no token with them.
    fn key(self) -> String {
        format!("oidc-{}", hashed(&format!("{}\n{}", self.issuer, self.subject)))
    }
}

/// Why something about agents can't be done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AgentError {
    /// The name is taken.
    #[error("there is an agent of the name {0} already: remove that one first")]
    Taken(String),
    /// The name can't be used.
    #[error("a name of 1 to {NAME_LENGTH} characters without controls is needed (found {0:?})")]
    Name(String),
    /// The store is away.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// The system has no randomness.
    #[error(transparent)]
    Random(#[from] NoRandomness),
}

/// All agents of a store.
#[derive(Clone)]
pub(crate) struct Agents(Arc<dyn Shelf>);

impl Agents {
    pub fn new(shelf: Arc<dyn Shelf>) -> Self {
        Self(shelf)
    }

    /// Makes an agent, and gives the token: nobody can read it again.
    pub async fn add(&self, name: &str, role: Role) -> Result<String, AgentError> {
        let name = name.trim();
        if !is_name(name) {
            return Err(AgentError::Name(name.to_owned()));
        }
        if self.list().await?.iter().any(|agent| agent.name == name) {
            return Err(AgentError::Taken(name.to_owned()));
        }
        let token = secret()?;
        let agent = encode(&Agent { name: name.to_owned(), role })?;
        match self.0.put(ShelfKind::Agents, &hashed(&token), agent, None, When::Absent).await {
            Ok(_) => Ok(token),
            Err(PutError::Changed) => Err(AgentError::Taken(name.to_owned())),
            Err(PutError::Unavailable(error)) => Err(error.into()),
        }
    }

    /// All agents: those with a token, and those who have signed in with an identity provider.
    pub async fn list(&self) -> Result<Vec<Agent>, Unavailable> {
        let records = self.0.all(ShelfKind::Agents).await?;
        let mut agents: Vec<Agent> = records.iter().filter_map(|(_, value)| decode(value)).collect();
        agents.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(agents)
    }

    /// Removes an agent's token, and ends all sessions of this name. `false`: there was neither.
    pub async fn remove(&self, name: &str) -> Result<bool, Unavailable> {
        let mut removed = false;
        for (key, value) in self.0.all(ShelfKind::Agents).await? {
            if decode::<Agent>(&value).is_some_and(|agent| agent.name == name) {
                self.0.remove(ShelfKind::Agents, &key).await?;
                removed = true;
            }
        }
        for (key, value) in self.0.all(ShelfKind::Sessions).await? {
            if decode::<Session>(&value).is_some_and(|session| session.agent.name == name) {
                self.0.remove(ShelfKind::Sessions, &key).await?;
                removed = true;
            }
        }
        Ok(removed)
    }

    /// The agent of a token.
    pub async fn by_token(&self, token: &str) -> Result<Option<Agent>, Unavailable> {
        self.by_hash(&hashed(token)).await
    }

    async fn by_hash(&self, hash: &str) -> Result<Option<Agent>, Unavailable> {
        Ok(self.0.get(ShelfKind::Agents, hash).await?.and_then(|record| decode(&record.value)))
    }

    /// Begins a session with a token, and gives its cookie's value. `None`: nobody has this token.
    pub async fn begin(&self, token: &str) -> Result<Option<String>, AgentError> {
        let Some(agent) = self.by_token(token).await? else { return Ok(None) };
        self.begin_as(agent, hashed(token), SESSION).await.map(Some)
    }

    /// Begins a session for somebody whom an identity provider vouches for, and gives the agent and the cookie's value. From
    /// the first time on the agent has a record of their own, under the first of `names` that nobody else has; the role is
    /// the provider's word of today. The session ends with the record.
    pub async fn begin_vouched(
        &self,
        person: Person<'_>,
        role: Role,
        names: &[String],
    ) -> Result<(Agent, String), AgentError> {
        self.begin_vouched_for(person, role, names, SESSION).await
    }

    /// The same with a session that ends after so long.
    pub async fn begin_vouched_for(
        &self,
        person: Person<'_>,
        role: Role,
        names: &[String],
        lasting: Duration,
    ) -> Result<(Agent, String), AgentError> {
        let key = person.key();
        for _ in 0..PUT_TRIES {
            let record = self.0.get(ShelfKind::Agents, &key).await?;
            let known = record.as_ref().and_then(|record| decode::<Agent>(&record.value));
            let name = match known {
                Some(agent) => agent.name,
                None => self.free(names).await?,
            };
            let agent = Agent { name, role };
            let when = record.map_or(When::Absent, |record| When::Unchanged(record.revision));
            match self.0.put(ShelfKind::Agents, &key, encode(&agent)?, None, when).await {
                Ok(_) => {
                    let cookie = self.begin_as(agent.clone(), key, lasting).await?;
                    return Ok((agent, cookie));
                }
                // The same person signs in twice at the same moment.
                Err(PutError::Changed) => {}
                Err(PutError::Unavailable(error)) => return Err(error.into()),
            }
        }
        Err(Unavailable("an agent's record changes all the time".to_owned()).into())
    }

    /// The first of these names that can be used, and that nobody has.
    async fn free(&self, names: &[String]) -> Result<String, AgentError> {
        let taken = self.list().await?;
        let mut usable = names.iter().map(|name| name.trim()).filter(|name| is_name(name)).peekable();
        let first = usable.peek().map(|name| (*name).to_owned());
        match (usable.find(|name| taken.iter().all(|agent| agent.name != *name)), first) {
            (Some(name), _) => Ok(name.to_owned()),
            (None, Some(name)) => Err(AgentError::Taken(name)),
            (None, None) => Err(AgentError::Name(names.first().cloned().unwrap_or_default())),
        }
    }

    async fn begin_as(&self, agent: Agent, token: String, lasting: Duration) -> Result<String, AgentError> {
        let cookie = secret()?;
        let until = now_ms() + i64::try_from(lasting.as_millis()).unwrap_or_default();
        let session = encode(&Session { agent, token })?;
        match self.0.put(ShelfKind::Sessions, &hashed(&cookie), session, Some(until), When::Absent).await {
            Ok(_) => Ok(cookie),
            Err(PutError::Unavailable(error)) => Err(error.into()),
            Err(PutError::Changed) => Err(Unavailable("a session has the same number".to_owned()).into()),
        }
    }

    /// The agent of a session, as long as neither it nor its token has ended.
    pub async fn by_session(&self, cookie: &str) -> Result<Option<Agent>, Unavailable> {
        let record = self.0.get(ShelfKind::Sessions, &hashed(cookie)).await?;
        match record.and_then(|record| decode::<Session>(&record.value)) {
            Some(session) => self.by_hash(&session.token).await,
            None => Ok(None),
        }
    }

    /// Ends a session.
    pub async fn end(&self, cookie: &str) -> Result<(), Unavailable> {
        self.0.remove(ShelfKind::Sessions, &hashed(cookie)).await
    }
}

fn is_name(name: &str) -> bool {
    let readable = !name.chars().any(error_model::text::is_control);
    readable && (1..=NAME_LENGTH).contains(&name.chars().count())
}

fn encode(value: &impl Serialize) -> Result<Vec<u8>, Unavailable> {
    serde_json::to_vec(value).map_err(Unavailable::because)
}

fn decode<'v, T: Deserialize<'v>>(value: &'v [u8]) -> Option<T> {
    serde_json::from_slice(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    fn agents() -> (Agents, Arc<dyn Shelf>) {
        let shelf = Store::in_memory().unwrap().shelf;
        (Agents::new(Arc::clone(&shelf)), shelf)
    }

    #[tokio::test]
    async fn a_token_is_shown_once_and_stored_as_a_hash() {
        let (agents, shelf) = agents();
        let token = agents.add("anna", Role::Lead).await.unwrap();
        assert_eq!(token.len(), 64);
        let stored = format!("{:?}", shelf.all(ShelfKind::Agents).await.unwrap());
        assert!(!stored.contains(&token), "{stored}");
        assert_eq!(
            agents.by_token(&token).await.unwrap(),
            Some(Agent { name: "anna".into(), role: Role::Lead })
        );
        assert_eq!(agents.by_token(&hashed(&token)).await.unwrap(), None, "the hash is no token");
    }

    #[tokio::test]
    async fn removing_an_agent_ends_the_token_and_its_sessions() {
        let (agents, shelf) = agents();
        let token = agents.add("anna", Role::Agent).await.unwrap();
        let cookie = agents.begin(&token).await.unwrap().unwrap();
        assert!(agents.by_session(&cookie).await.unwrap().is_some());
        assert!(!format!("{:?}", shelf.all(ShelfKind::Sessions).await.unwrap()).contains(&cookie));
        assert!(agents.remove("anna").await.unwrap());
        assert_eq!(agents.by_session(&cookie).await.unwrap(), None);
        assert_eq!(agents.by_token(&token).await.unwrap(), None);
        assert!(!agents.remove("anna").await.unwrap());
    }

    #[tokio::test]
    async fn whoever_knows_a_persons_identifier_has_no_token_with_it() {
        let (agents, shelf) = agents();
        let person = Person { issuer: "https://login.example.com", subject: "42" };
        let (anna, cookie) = agents.begin_vouched(person, Role::Agent, &["Anna".into()]).await.unwrap();
        assert_eq!(agents.by_session(&cookie).await.unwrap(), Some(anna));
        let (key, _) = shelf.all(ShelfKind::Agents).await.unwrap().remove(0);
        for guess in ["https://login.example.com\n42", &key, key.trim_start_matches("oidc-")] {
            assert_eq!(agents.by_token(guess).await.unwrap(), None, "{guess:?}");
        }
    }

    #[tokio::test]
    async fn a_vouched_agent_keeps_the_first_name_has_the_role_of_today_and_takes_no_name_of_others() {
        let (agents, _) = agents();
        agents.add("Anna", Role::Agent).await.unwrap();
        let person = |subject| Person { issuer: "https://login.example.com", subject };
        let names = ["Anna".to_owned(), "\u{1b}[2J".to_owned(), "Anna (anna@example.com)".to_owned()];
        let (first, cookie) = agents.begin_vouched(person("1"), Role::Agent, &names).await.unwrap();
        assert_eq!(first.name, "Anna (anna@example.com)");
        let (lead, _) = agents.begin_vouched(person("1"), Role::Lead, &["Other".into()]).await.unwrap();
        assert_eq!(lead, Agent { name: first.name, role: Role::Lead });
        assert_eq!(agents.by_session(&cookie).await.unwrap(), Some(lead), "older sessions follow");
        let refused = agents.begin_vouched(person("2"), Role::Agent, &names).await;
        assert!(matches!(refused, Err(AgentError::Taken(name)) if name == "Anna"));
        let refused = agents.begin_vouched(person("3"), Role::Agent, &["\u{1b}[2J".into()]).await;
        assert!(matches!(refused, Err(AgentError::Name(_))));
    }

    #[tokio::test]
    async fn a_name_is_taken_once_and_can_be_read() {
        let (agents, _) = agents();
        agents.add("anna", Role::Agent).await.unwrap();
        assert!(matches!(agents.add(" anna ", Role::Lead).await, Err(AgentError::Taken(_))));
        for name in ["", "a\u{1b}[2J", &"x".repeat(61)] {
            assert!(matches!(agents.add(name, Role::Agent).await, Err(AgentError::Name(_))), "{name:?}");
        }
    }
}
