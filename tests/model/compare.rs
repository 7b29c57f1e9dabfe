//! Judges one visit by the model and by the crate, and compares the results.

use http::{HeaderMap, HeaderName, HeaderValue, header};
use tower_cookie_consent::set_cookie::Lifetime;
use tower_cookie_consent::{Choice, Consent, Policy, Verdict};

use crate::decide::{self, Judged, Response};
use crate::edit::{self, Outcome};
use crate::reader::{self, Life, Served};
use crate::site::Site;
use crate::tally::reached;
use crate::visit::{Visit, Written};

/// Returns the points on which the two disagree.
pub(crate) fn disagreement(site: &Site, policy: &Policy, visit: &Visit) -> Option<String> {
    let request = request(visit);
    let consent = policy.consent(&request);
    let (lines, written) = lines(visit, &consent, &policy.consent(&request));
    let judged = decide::judge(site, visit, &Response { lines: &lines, written: &written });
    let left = lines.iter().zip(&judged).map(|(line, judged)| edit::leaves(line, judged.outcome));
    let left: Vec<_> = left.collect();

    let date = visit.dates.first().map(Vec::as_slice);
    let report = policy.judge(&consent, &lines, date);
    let served = Served { clock: site.clock_seconds(), date };
    for ((line, judged), entry) in lines.iter().zip(&judged).zip(report.entries()) {
        let asked = reader::read(line).lifetime(&served);
        let verdict = entry.verdict();
        let what = if lifetime(entry.lifetime()) != asked {
            format!("the lifetime is {asked:?}, and not {:?}", entry.lifetime())
        } else if !is_same(*judged, asked, verdict) {
            format!("the verdict is {judged:?}, and not {verdict:?}")
        } else {
            reached(verdict.reason());
            continue;
        };
        return Some(format!("{}: {what}", line.escape_ascii()));
    }
    let edited = report.edits().zip(&lines).map(|(edit, line)| edit.apply(line));
    for ((line, want), got) in lines.iter().zip(&left).zip(edited) {
        if got.as_deref() != want.as_deref() {
            let shown = |left: Option<&[u8]>| left.map(|bytes| bytes.escape_ascii().to_string());
            let (want, got) = (shown(want.as_deref()), shown(got.as_deref()));
            return Some(format!("{}: {want:?} leaves, and not {got:?}", line.escape_ascii()));
        }
    }
    let mut response = response(visit, &lines);
    let others = others(&response);
    policy.enforce(&consent, &mut response);
    let kept: Vec<_> = left.into_iter().flatten().collect();
    if !set_cookies(&response).eq(&kept) || self::others(&response) != others {
        return Some(format!("enforced: {response:?}"));
    }
    None
}

fn request(visit: &Visit) -> HeaderMap {
    let mut request = HeaderMap::new();
    append(&mut request, &header::COOKIE, &visit.cookies);
    append(&mut request, &HeaderName::from_static("sec-gpc"), &visit.gpc);
    append(&mut request, &header::DNT, &visit.dnt);
    request
}

fn append(headers: &mut HeaderMap, name: &HeaderName, values: &[Vec<u8>]) {
    for value in values {
        headers.append(name, HeaderValue::from_bytes(value).unwrap());
    }
}

/// Returns the lines of a response, and those that the crate wrote for this request.
fn lines(visit: &Visit, consent: &Consent, another: &Consent) -> (Vec<Vec<u8>>, Vec<Vec<u8>>) {
    let (mut lines, mut written) = (Vec::new(), Vec::new());
    for line in &visit.lines {
        let by = |this: bool| if this { consent } else { another };
        let (stored, is_ours) = match line {
            Written::Line(line) => {
                lines.push(line.clone());
                continue;
            }
            Written::Store { granted, refused, by_this_request } => {
                let mut choice = Choice::decided(consent.registry());
                choice = granted.iter().fold(choice, |choice, id| choice.grant(id));
                choice = refused.iter().fold(choice, |choice, id| choice.refuse(id));
                (by(*by_this_request).store(&choice).unwrap(), *by_this_request)
            }
            Written::Withdraw { by_this_request } => {
                (by(*by_this_request).withdraw(), *by_this_request)
            }
        };
        for line in &stored {
            lines.push(line.as_bytes().to_vec());
            if is_ours {
                written.push(line.as_bytes().to_vec());
            }
        }
    }
    (lines, written)
}

/// Returns the response, with another header between its lines.
fn response(visit: &Visit, lines: &[Vec<u8>]) -> HeaderMap {
    let mut response = HeaderMap::new();
    for (index, line) in lines.iter().enumerate() {
        let mut value = HeaderValue::from_bytes(line).unwrap();
        value.set_sensitive(true);
        response.append(header::SET_COOKIE, value);
        response.append(header::LINK, HeaderValue::from(index));
    }
    append(&mut response, &header::DATE, &visit.dates);
    response
}

fn set_cookies(response: &HeaderMap) -> impl Iterator<Item = &[u8]> {
    response.get_all(header::SET_COOKIE).iter().map(|value| {
        assert!(value.is_sensitive());
        value.as_bytes()
    })
}

/// Returns all headers except `Set-Cookie`.
fn others(response: &HeaderMap) -> HeaderMap {
    let mut others = response.clone();
    others.remove(header::SET_COOKIE);
    others
}

fn lifetime(lifetime: Lifetime) -> Life {
    match lifetime {
        Lifetime::Session => Life::Session,
        Lifetime::Proven(seconds) => Life::Proven(seconds),
        Lifetime::Unproven { estimate, longest } => Life::Unproven { estimate, longest },
    }
}

/// Returns whether a verdict is that of the model. A deletion that passes may have either reason:
/// it is one, and its cookie may be set.
fn is_same(judged: Judged, asked: Life, verdict: Verdict) -> bool {
    let name = match judged.outcome {
        Outcome::Keep => "keep",
        Outcome::Replace(_) => "cap",
        Outcome::Strip => "strip",
    };
    let is_kept_deletion = asked == Life::Proven(0) && verdict.is_keep();
    verdict.as_str() == name && (verdict.reason() == judged.reason || is_kept_deletion)
}
