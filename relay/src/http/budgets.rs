//! The budgets that a run has to fit into before it begins: its client's, its targets', and its accounts'.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use error_model::{
    Lane,
    wire::{Problem, ProblemCode},
};
use probe::{Request, SignInBudget};

use crate::{
    budget::{
        Account, AccountKey, Client, LocalLedger, NotNow, Rate, SharedLedger, SignIns, Target, Wait, Watch,
    },
    config::Limits,
    limits,
    store::{KeyError, Store},
};

/// All budgets of a relay.
pub(super) struct Budgets {
    runs: Shares,
    look_ups: Shares,
    key: AccountKey,
    ledger: Arc<dyn SignIns>,
}

/// Everybody's share of a minute.
struct Shares {
    clients: Rate<Client>,
    targets: Rate<Target>,
}

impl Shares {
    fn new(most: Limits, watch: &Watch) -> Self {
        let per_client = most.runs_per_client_per_minute;
        let per_target = most.runs_per_target_per_minute;
        Self {
            clients: Rate::per_minute(per_client, limits::REMEMBERED, watch.clone()),
            targets: Rate::per_minute(per_target, limits::REMEMBERED, watch.clone()),
        }
    }

    fn take<'a>(&self, client: IpAddr, hosts: impl Iterator<Item = &'a str>) -> Result<(), Problem> {
        self.clients.take(&Client::of(client)).map_err(|wait| refusal(wait, "from your address"))?;
        let mut targets: Vec<Target> = hosts.filter_map(Target::of).collect();
        targets.dedup();
        targets
            .iter()
            .try_for_each(|target| self.targets.take(target).map_err(|wait| refusal(wait, "of this server")))
    }
}

impl Budgets {
    /// The budgets of a relay. Where its store lasts, sign-ins are counted there: by all relays that share it, and across
    /// restarts.
    ///
    /// # Errors
    /// [`KeyError`], where there's no key to hash accounts with.
    pub async fn new(most: Limits, watch: &Watch, store: &Store) -> Result<Self, KeyError> {
        let window = Duration::from_secs(most.refusal_window_seconds);
        let refusals = most.refusals_per_account.get();
        let (key, ledger): (_, Arc<dyn SignIns>) = if store.lasting {
            let longest = Duration::from_secs(most.run_seconds);
            let shared = SharedLedger::new(Arc::clone(&store.shelf), refusals, window, longest);
            (AccountKey::shared(&store.key("accounts").await?), Arc::new(shared))
        } else {
            let local = LocalLedger::new(refusals, window, limits::REMEMBERED, watch.clone());
            (AccountKey::random()?, Arc::new(local))
        };
        Ok(Self::sharing(most, watch, key, ledger))
    }

    /// Those of a relay whose sign-ins count in this ledger. Relays that share it share the key.
    pub fn sharing(most: Limits, watch: &Watch, key: AccountKey, ledger: Arc<dyn SignIns>) -> Self {
        Self { runs: Shares::new(most, watch), look_ups: Shares::new(most, watch), key, ledger }
    }

    /// Takes what a look-up of this address needs.
    ///
    /// # Errors
    /// A [`Problem`] that says when to come back.
    pub fn take_look_up(&self, client: IpAddr, email: &str) -> Result<(), Problem> {
        self.look_ups.take(client, email.trim().rsplit('@').take(1))
    }

    /// Takes what the run needs, and bounds its sign-ins.
    ///
    /// # Errors
    /// A [`Problem`] that says when to come back.
    pub async fn take(&self, client: IpAddr, request: &mut Request) -> Result<SignInPlaces, Problem> {
        self.runs.take(client, request.hosts())?;
        self.places(request).await
    }

    async fn places(&self, request: &mut Request) -> Result<SignInPlaces, Problem> {
        let wanted: Vec<(Lane, Account)> =
            request.sign_ins().map(|sign_in| (sign_in.lane, self.key.account(&sign_in))).collect();
        // What was taken already goes back where a later one is refused.
        let mut places = SignInPlaces { ledger: Arc::clone(&self.ledger), taken: Vec::new() };
        for (lane, account) in wanted {
            let known = places.taken.iter().find(|(taken, _)| *taken == account).map(|(_, b)| Arc::clone(b));
            let budget = match known {
                Some(budget) => budget,
                None => {
                    let left = self.ledger.begin(account).await.map_err(not_now)?;
                    let budget = Arc::new(SignInBudget::new(left));
                    places.taken.push((account, Arc::clone(&budget)));
                    budget
                }
            };
            request.limit(lane, budget);
        }
        Ok(places)
    }
}

/// The accounts that a run signs in to. Gives them back when it's dropped, with the refusals that they met.
pub(super) struct SignInPlaces {
    ledger: Arc<dyn SignIns>,
    taken: Vec<(Account, Arc<SignInBudget>)>,
}

impl Drop for SignInPlaces {
    fn drop(&mut self) {
        for (account, budget) in &self.taken {
            self.ledger.end(*account, budget.refusals());
        }
    }
}

fn refusal(wait: Wait, whose: &str) -> Problem {
    match wait {
        Wait::For(time) => limited(
            time,
            format!("There were many checks {whose} within a minute: wait before the next one."),
        ),
        Wait::Full => overloaded(),
    }
}

fn not_now(reason: NotNow) -> Problem {
    let busy = Duration::from_secs(limits::RETRY_AFTER_SECONDS);
    match reason {
        NotNow::Busy => {
            limited(busy, "A check is signing in to this account: wait for it to end.".to_owned())
        }
        NotNow::Spent(time) => {
            let message = "This account has refused several sign-ins. To protect it, no other is tried for a while; \
                without a password the connection alone can be checked now.";
            limited(time, message.to_owned())
        }
        NotNow::Unknown => overloaded(),
    }
}

fn limited(time: Duration, message: String) -> Problem {
    // Rounded up: whoever comes back then isn't refused for a fraction of a second.
    let seconds = time.as_secs() + u64::from(time.subsec_nanos() > 0);
    Problem { code: ProblemCode::RateLimited, message, field: None, retry_after_s: Some(seconds.max(1)) }
}

fn overloaded() -> Problem {
    Problem {
        code: ProblemCode::Overloaded,
        message: "So many people use the relay that it can't tell whose turn it is.".to_owned(),
        field: None,
        retry_after_s: Some(limits::RETRY_AFTER_SECONDS),
    }
}
