//! A JSON object, read field by field.

use serde::{
    Deserialize,
    de::{IntoDeserializer, value::StrDeserializer},
};
use serde_json::{Map, Value};

/// An object.
#[derive(Clone, Copy)]
pub struct Fields<'a>(&'a Map<String, Value>);

impl<'a> Fields<'a> {
    /// The value as an object, where it's one.
    pub fn of(value: &'a Value) -> Option<Self> {
        value.as_object().map(Self)
    }

    /// A text, borrowed.
    pub fn tag(self, name: &str) -> Option<&'a str> {
        self.0.get(name)?.as_str()
    }

    /// A text.
    pub fn text(self, name: &str) -> Option<String> {
        self.tag(name).map(str::to_owned)
    }

    /// A whole number of any size; `None` where it doesn't fit.
    pub fn number<T: TryFrom<u64>>(self, name: &str) -> Option<T> {
        self.0.get(name)?.as_u64()?.try_into().ok()
    }

    /// A moment, seconds since the Unix epoch.
    pub fn moment(self, name: &str) -> Option<i64> {
        self.0.get(name)?.as_i64()
    }

    /// Yes or no; no where it isn't there.
    pub fn flag(self, name: &str) -> bool {
        self.0.get(name).and_then(Value::as_bool).unwrap_or_default()
    }

    /// Something that is written as one word.
    pub fn word<T: Deserialize<'a>>(self, name: &str) -> Option<T> {
        word(self.0.get(name)?)
    }

    /// An object inside.
    pub fn inner(self, name: &str) -> Option<Self> {
        Self::of(self.0.get(name)?)
    }

    /// A list; items that can't be read are left out.
    pub fn list<T>(self, name: &str, item: impl Fn(&'a Value) -> Option<T>) -> Vec<T> {
        self.0
            .get(name)
            .and_then(Value::as_array)
            .map_or_else(Vec::new, |list| list.iter().filter_map(item).collect())
    }

    /// A list of texts.
    pub fn texts(self, name: &str) -> Vec<String> {
        self.list(name, |value| value.as_str().map(str::to_owned))
    }
}

/// A value that is written as one word.
pub fn word<'a, T: Deserialize<'a>>(value: &'a Value) -> Option<T> {
    let word: StrDeserializer<'a, serde::de::value::Error> = value.as_str()?.into_deserializer();
    T::deserialize(word).ok()
}
