//! `mailtriage agent`: who may open cases.

use std::path::PathBuf;

use crate::{
    agents::Agents,
    cli::{AgentArguments, AgentCommand, Refusal},
    config::{self, Settings, StoreAddress},
    store::Store,
};

/// Does what the arguments ask for, and gives what is to be printed.
///
/// # Errors
/// A [`Refusal`] where the configuration, the store or the name can't be used.
pub async fn agent(
    arguments: &AgentArguments,
    variables: impl Iterator<Item = (String, String)>,
    variable: impl Fn(&str) -> Option<String>,
) -> Result<String, Refusal> {
    let file: Option<&PathBuf> = arguments.config.as_ref();
    let settings: Settings = config::load(file.map(PathBuf::as_path), variables).map_err(Refusal::usage)?;
    let address = settings.store.clone().unwrap_or_else(|| StoreAddress::default_for(variable));
    let store = Store::open(&address, &settings, false).await.map_err(Refusal::failure)?;
    let agents = Agents::new(store.shelf);
    match &arguments.command {
        AgentCommand::Add { name, role } => {
            let token = agents.add(name, *role).await.map_err(Refusal::failure)?;
            Ok(format!("{token}\n\nThis is the token of {}. It isn't shown again.", name.trim()))
        }
        AgentCommand::List => {
            let list = agents.list().await.map_err(Refusal::failure)?;
            let line = |role, name: &str| format!("{role:<6} {name}\n");
            Ok(list
                .iter()
                .map(|agent| line(format!("{:?}", agent.role).to_lowercase(), &agent.name))
                .collect())
        }
        AgentCommand::Remove { name } => match agents.remove(name).await.map_err(Refusal::failure)? {
            true => Ok(format!("{name} can't sign in any more.")),
            false => Err(Refusal::argument("NAME", format_args!("there is no agent of the name {name}"))),
        },
    }
}
