//! Empty: Cargo wants a target where it resolves dependencies.
