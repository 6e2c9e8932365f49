package recurring

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

// An agreement goes PENDING, ACTIVE, STOPPED, or EXPIRED when nobody accepts it within ten
// minutes. Text fields are empty and times zero where there is nothing. Its charges are
// shared with Service.charges.
type agreement struct {
	id, uuid, status               string
	name, description              string
	manageURL, redirectURL, link   string
	unit, pricing, scope, external string
	currency                       string          // NOK, DKK or EUR
	count, price, suggested        int64           // price for LEGACY, suggested for VARIABLE, in minor units
	sub                            string          // the user's identifier for Userinfo, when scope was agreed to
	campaign                       json.RawMessage // as the merchant sent it, "null" without one
	created, start, stop           time.Time
	charges                        []*charge // the initial one first
}

// States that are compared in more than one place; DUE, RESERVED and the other states of
// charges are in charge.go.
const (
	pending = "PENDING"
	active  = "ACTIVE"
	stopped = "STOPPED"
)

// endCharges cancels the charges that are not paid, as stopping an agreement does. key is the
// Idempotency-Key of the request that stopped it, for the charges' history.
func (a *agreement) endCharges(now time.Time, key string) {
	for _, ch := range a.charges {
		_ = ch.cancel(now, key) // a charge that is past cancelling stays as it is
	}
}

// period numbers the interval of the agreement that a day lies in, from 0 at its start, so
// that charges of the same interval can be added up. count must be at least 1. Months are
// counted by the calendar: an interval begins with the first of a month, not with the day of
// the start.
func (a *agreement) period(day time.Time) int64 {
	from, days := a.start, int64(day.Sub(a.start).Hours()/24)
	months := int64(day.Year()-from.Year())*12 + int64(day.Month()-from.Month())
	switch a.unit {
	case "DAY":
		return days / a.count
	case "WEEK":
		return days / (7 * a.count)
	case "YEAR":
		return months / (12 * a.count)
	}
	return months / a.count // MONTH
}

// acceptAgreement is force acceptance, which Vipps has in its test environment: the merchant
// stands in for the user. The phone number is that of the simulator's test user, with or
// without the country code.
func (s *Service) acceptAgreement(c *core.Call, a *agreement) response.Response {
	root, ok := input.Object(c.Body)
	phone := input.Text(root.Get("phoneNumber"))
	switch {
	case !ok:
		return s.refuse(c, *invalidJSON())
	case phone != s.core.Keys().MobileNumber && phone != s.core.Keys().InternationalMobileNumber:
		return s.refuse(c, *invalidField("phoneNumber", "is not the number of a test user"))
	case a.status != pending:
		return s.refuse(c, *ruleProblem("operation-failed", "Only a pending agreement can be accepted"))
	}
	s.activate(c.Now, a, c.Header.Get("Idempotency-Key"))
	return response.Empty(http.StatusNoContent)
}

// updateAgreement changes an active agreement, or stops it. Stopping must come alone, and
// cannot be undone. Vipps answers 204 without a body to both.
func (s *Service) updateAgreement(c *core.Call, a *agreement) response.Response {
	root, ok := input.Object(c.Body)
	if !ok {
		return s.refuse(c, *invalidJSON())
	}
	if a.status != active {
		return s.refuse(c, *ruleProblem("illegal-agreement-update", "Only an active agreement can be updated"))
	}
	if !root.Get("status").Exists() {
		return s.done(c, a.change(root))
	}
	if input.Text(root.Get("status")) != stopped || len(root.Map()) != 1 {
		return s.refuse(c, *ruleProblem("illegal-agreement-update", "The status can only become STOPPED, and alone"))
	}
	s.stopAgreement(c.Now, a, c.Header.Get("Idempotency-Key"), byMerchant)
	return s.core.Done()
}

// change applies the fields of an update; none when one of them is wrong: it works on a copy
// that replaces the agreement at the end. Of several wrong fields the first in the body is
// reported.
func (a *agreement) change(root gjson.Result) *problem {
	next := *a
	var prob *problem
	root.ForEach(func(k, v gjson.Result) bool {
		switch k.Str {
		case "productName":
			next.name, prob = input.Text(v), checkLength(k.Str, v, 1, 45)
		case "productDescription":
			next.description, prob = input.Text(v), checkLength(k.Str, v, 0, 100)
		case "merchantAgreementUrl":
			next.manageURL, prob = input.Text(v), checkManageURL(v)
		case "externalId":
			next.external, prob = input.Text(v), checkLength(k.Str, v, 1, 64)
		// A pricing body cannot change the type, only the amount that the type has.
		case "pricing":
			prob = next.reprice(v)
		case "interval":
			period := v.Get("period")
			prob = checkPeriod("interval.period", period)
			next.unit = input.Text(period.Get("unit"))
			next.count, _ = input.Integer(period.Get("count"))
		default:
			prob = invalidField(k.Str, "is unknown")
		}
		return prob == nil
	})
	if prob == nil {
		*a = next
	}
	return prob
}

// reprice changes the amount that the pricing type has: FLEXIBLE has none, VARIABLE only a
// suggestion. Amounts are in minor units, at most 20 000 kroner.
func (a *agreement) reprice(v gjson.Result) *problem {
	if a.pricing == "FLEXIBLE" {
		return ruleProblem("illegal-agreement-update", "The pricing type FLEXIBLE has no amount to change")
	}
	field, at := "amount", &a.price
	if a.pricing == "VARIABLE" {
		field, at = "suggestedMaxAmount", &a.suggested
	}
	amount, whole := input.Integer(v.Get(field))
	switch {
	case input.Absent(v.Get(field)):
		return ruleProblem("illegal-agreement-update", "The pricing type "+a.pricing+" can only change its "+field)
	case !whole || amount < least(a.currency):
		return invalidField("pricing."+field, leastText(a.currency))
	case a.pricing == "VARIABLE" && amount > 2_000_000:
		return ruleProblem("invalid-suggested-max-amount", "suggestedMaxAmount can be at most 2000000")
	}
	*at = amount
	return nil
}

// getAgreement shows one agreement in any state.
func (s *Service) getAgreement(c *core.Call, a *agreement) response.Response {
	return response.JSON(200, s.agreementBody(c, a))
}

// listAgreements shows the active ones unless a status is asked for, oldest first. The status
// may be in any case.
func (s *Service) listAgreements(c *core.Call) response.Response {
	status := strings.ToUpper(c.Query.Get("status"))
	if status == "" {
		status = active
	}
	if !slices.Contains([]string{pending, active, stopped, "EXPIRED"}, status) {
		return s.refuse(c, *invalidField("status", "must be PENDING, ACTIVE, STOPPED or EXPIRED"))
	}
	list := []agreementBody{} // not nil: an empty list is written as [], not null
	for _, a := range s.ordered {
		if a.status == status {
			list = append(list, s.agreementBody(c, a))
		}
	}
	list, prob := page(c, list)
	if prob != nil {
		return s.refuse(c, *prob)
	}
	return response.JSON(200, list)
}

// pageSize is how many entries of a list Vipps gives when the caller does not say.
const pageSize = 500

// page cuts a list to pageNumber, counted from 1, and pageSize of the query. A page beyond
// the end is empty, not an error.
func page[T any](c *core.Call, list []T) ([]T, *problem) {
	number, size := int64(1), int64(pageSize)
	for name, value := range map[string]*int64{"pageNumber": &number, "pageSize": &size} {
		if !c.Query.Has(name) {
			continue
		}
		n, err := strconv.ParseInt(c.Query.Get(name), 10, 32)
		if err != nil || n < 1 {
			return nil, invalidField(name, "must be a whole number of at least 1")
		}
		*value = n
	}
	from := min((number-1)*size, int64(len(list))) // both are below 2³¹, so the product does not overflow
	return list[from:min(from+size, int64(len(list)))], nil
}
