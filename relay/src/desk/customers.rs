//! Customers: let in by a code and their consent, known afterwards by a token of their own.

use error_model::case::{
    By, CaseSettings, CaseState, CustomerCommand, CustomerOrder, Draft, JoinRequest, Joined, Masked, What,
    mask_address,
};
use serde::{Deserialize, Serialize};

use super::{Desk, Refused, checked_id, short};
use crate::{
    budget::Client,
    cases::CaseId,
    limits,
    random::{hashed, secret},
    store::{ShelfKind, When},
};

/// A customer in a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Customer {
    case: String,
    /// The customer shows the address, and names that a server repeats.
    pub shown: bool,
}

impl Customer {
    /// The case.
    pub fn case(&self) -> Option<CaseId> {
        CaseId::parse(&self.case)
    }
}

impl Desk {
    /// Who asks, and what they know already: what a customer sees before agreeing.
    pub async fn asking(&self, client: Client, code: &str) -> Result<(CaseId, Joined), Refused> {
        let case = self.codes.look_up(client, code).await?;
        let summary = self.summary(case)?;
        if summary.state == CaseState::Closed {
            return Err(Refused::NoCase);
        }
        let first = self.store.cases.read(case, 0, 1).await?.pop();
        let settings = match first.map(|event| event.draft.what) {
            Some(What::Opened { settings, .. }) => settings,
            _ => CaseSettings::default(),
        };
        Ok((case, Joined { case: summary.case, token: String::new(), agent: summary.agent, settings }))
    }

    /// Lets a customer in who agreed. The code is used up.
    pub async fn join(&self, client: Client, code: &str, request: JoinRequest) -> Result<Joined, Refused> {
        let (case, joined) = self.asking(client, code).await?;
        if !request.agreed {
            return Err(Refused::field("agreed", "Nothing is shared without the customer's consent."));
        }
        if let Some(email) = &request.show_email {
            short("show_email", email, limits::VALUE)?;
        }
        self.codes.used(code).await?;
        let token = secret()?;
        let customer = Customer { case: case.to_string(), shown: request.show_email.is_some() };
        let until = crate::store::now_ms() + self.retention_ms;
        let value = encode(&customer)?;
        self.store.shelf.put(ShelfKind::Customers, &hashed(&token), value, Some(until), When::Absent).await?;
        let email = request.show_email.as_deref().map(Masked::shown_by_owner);
        let id = format!("j-{}", &hashed(&token)[..16]);
        self.store
            .cases
            .append(case, Draft { id, by: By::Customer, what: What::Joined { email } }, None)
            .await?;
        Ok(Joined { token, ..joined })
    }

    /// The customer of a token, as long as the case is open.
    pub async fn customer(&self, token: &str) -> Result<(CaseId, Customer), Refused> {
        let record =
            self.store.shelf.get(ShelfKind::Customers, &hashed(token)).await?.ok_or(Refused::NoCase)?;
        let customer: Customer = serde_json::from_slice(&record.value).map_err(|_| Refused::NoCase)?;
        let case = customer.case().ok_or(Refused::NoCase)?;
        if self.summary(case)?.state == CaseState::Closed {
            return Err(Refused::NoCase);
        }
        Ok((case, customer))
    }

    /// Does what a customer wants done. Gives the event's `seq`.
    pub async fn order(&self, case: CaseId, order: CustomerOrder) -> Result<u64, Refused> {
        let (own, _) = self.customer(&order.token).await?;
        if own != case {
            return Err(Refused::NoCase);
        }
        let what = match &order.command {
            CustomerCommand::Accept { proposal } => What::Accepted { proposal: *proposal },
            CustomerCommand::Decline { proposal } => What::Declined { proposal: *proposal },
            CustomerCommand::ShowAddress { email } => {
                short("email", email, limits::VALUE)?;
                self.show(&order.token, true).await?;
                What::Address { email: Masked::shown_by_owner(email) }
            }
            CustomerCommand::MaskAddress { email } => {
                short("email", email, limits::VALUE)?;
                self.show(&order.token, false).await?;
                What::Address { email: mask_address(email) }
            }
            CustomerCommand::Leave {} => What::Left {},
        };
        let draft = Draft { id: checked_id('c', &order.id)?, by: By::Customer, what };
        let seq = self.store.cases.append(case, draft, None).await?;
        if order.command == (CustomerCommand::Leave {}) {
            // From now on the token opens nothing.
            self.store.shelf.remove(ShelfKind::Customers, &hashed(&order.token)).await?;
        }
        Ok(seq)
    }

    async fn show(&self, token: &str, shown: bool) -> Result<(), Refused> {
        let key = hashed(token);
        let record = self.store.shelf.get(ShelfKind::Customers, &key).await?.ok_or(Refused::NoCase)?;
        let customer: Customer = serde_json::from_slice(&record.value).map_err(|_| Refused::NoCase)?;
        let until = crate::store::now_ms() + self.retention_ms;
        let value = encode(&Customer { shown, ..customer })?;
        self.store
            .shelf
            .put(ShelfKind::Customers, &key, value, Some(until), When::Unchanged(record.revision))
            .await?;
        Ok(())
    }
}

fn encode(customer: &Customer) -> Result<Vec<u8>, Refused> {
    serde_json::to_vec(customer).map_err(|error| Refused::Failed(error.to_string()))
}
