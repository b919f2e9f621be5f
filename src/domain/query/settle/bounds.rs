//! Bounds: which side of a field they are on, which of two is narrower, and those that a time stands for.

use super::super::when::When;
use super::super::{Filter, Operator};

/// A condition on a field.
pub(super) fn with(field: &str, operator: Operator, value: impl Into<String>) -> Filter {
    Filter { field: field.to_owned(), operator, value: value.into() }
}

/// Whether it bounds from below.
pub(super) fn is_lower(filter: &Filter) -> bool {
    matches!(filter.operator, Operator::Greater | Operator::GreaterOrEqual)
}

/// Whether it bounds from above.
pub(super) fn is_upper(filter: &Filter) -> bool {
    matches!(filter.operator, Operator::Less | Operator::LessOrEqual)
}

/// Whether two conditions are bounds on the same side of the same field.
pub(super) fn is_beside(one: &Filter, other: &Filter) -> bool {
    let bounds = is_lower(one) || is_upper(one);
    let numbers = number(one).is_some() && number(other).is_some();
    bounds && numbers && one.field == other.field && one.operator == other.operator
}

/// Whether a bound keeps more away than another one on its side.
pub(super) fn is_narrower(one: &Filter, other: &Filter) -> bool {
    if is_lower(one) { number(one) > number(other) } else { number(one) < number(other) }
}

fn number(filter: &Filter) -> Option<i64> {
    filter.value.parse().ok()
}

/// The conditions in seconds that a time stands for. Bounds include their end, as the server reads them (6.5).
pub(super) fn bounds(field: &str, operator: Operator, time: When) -> Vec<Filter> {
    let bound = |operator, at: i64| with(field, operator, at.to_string());
    match (operator, time) {
        (Operator::Greater | Operator::GreaterOrEqual | Operator::Less, _) => {
            vec![bound(operator, time.first())]
        }
        (Operator::LessOrEqual, _) => vec![bound(operator, time.last())],
        (_, When::Span(first, last)) => {
            vec![bound(Operator::Greater, first), bound(Operator::Less, last)]
        }
        (_, When::Exact(at) | When::Moving(at)) => vec![bound(operator, at)],
    }
}
