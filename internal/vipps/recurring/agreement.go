package vipps

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/tidwall/gjson"
)

// An agreement goes PENDING, ACTIVE, STOPPED, or EXPIRED when nobody accepts it
// within ten minutes.
type agreement struct {
	id, uuid, status               string
	name, description              string
	manageURL, redirectURL, link   string
	unit, pricing, scope, external string
	count, price, suggested        int64 // price for LEGACY, suggested for VARIABLE, in øre
	sub                            string
	campaign                       json.RawMessage
	created, start, stop           time.Time
	charges                        []*charge // the initial one first
}

const (
	pending = "PENDING"
	active  = "ACTIVE"
	stopped = "STOPPED"
)

// endCharges cancels what has not been paid: stopping an agreement does so.
func (a *agreement) endCharges(now time.Time, key string) {
	for _, ch := range a.charges {
		_ = ch.cancel(now, key) // a charge that is past cancelling stays as it is
	}
}

// period numbers the interval of the agreement that a day lies in.
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
	return months / a.count
}

func (s *Server) acceptAgreement(c *call, a *agreement) reply {
	root, ok := object(c.body)
	phone := text(root.Get("phoneNumber"))
	switch {
	case !ok:
		return s.hitchReply(c, *badJSON())
	case phone != s.keys.MobileNumber && phone != s.keys.InternationalMobileNumber:
		return s.hitchReply(c, *faulty("phoneNumber", "is not the number of a test user"))
	case a.status != pending:
		return s.hitchReply(c, *refusal("operation-failed", "Only a pending agreement can be accepted"))
	}
	s.activate(c.now, a, c.header.Get("Idempotency-Key"))
	return reply{status: http.StatusNoContent}
}

func (s *Server) updateAgreement(c *call, a *agreement) reply {
	root, ok := object(c.body)
	if !ok {
		return s.hitchReply(c, *badJSON())
	}
	if a.status != active {
		return s.hitchReply(c, *refusal("illegal-agreement-update", "Only an active agreement can be updated"))
	}
	if !root.Get("status").Exists() {
		return s.done(c, a.change(root))
	}
	if text(root.Get("status")) != stopped || len(root.Map()) != 1 {
		return s.hitchReply(c, *refusal("illegal-agreement-update", "The status can only become STOPPED, and alone"))
	}
	s.stopAgreement(c.now, a, c.header.Get("Idempotency-Key"))
	return reply{status: http.StatusNoContent}
}

// change applies the fields of an update; none when one of them is wrong.
func (a *agreement) change(root gjson.Result) *hitch {
	next := *a
	var h *hitch
	root.ForEach(func(k, v gjson.Result) bool {
		switch k.Str {
		case "productName":
			next.name, h = text(v), checkLength(k.Str, v, 1, 45)
		case "productDescription":
			next.description, h = text(v), checkLength(k.Str, v, 0, 100)
		case "merchantAgreementUrl":
			next.manageURL, h = text(v), checkManageURL(v)
		case "externalId":
			next.external, h = text(v), checkLength(k.Str, v, 1, 64)
		case "pricing":
			h = next.reprice(v)
		case "interval":
			period := v.Get("period")
			h = checkPeriod("interval.period", period)
			next.unit = text(period.Get("unit"))
			next.count, _ = integer(period.Get("count"))
		default:
			h = faulty(k.Str, "is unknown")
		}
		return h == nil
	})
	if h == nil {
		*a = next
	}
	return h
}

func (a *agreement) reprice(v gjson.Result) *hitch {
	field, at := "amount", &a.price
	if a.pricing == "VARIABLE" {
		field, at = "suggestedMaxAmount", &a.suggested
	}
	amount, whole := integer(v.Get(field))
	switch {
	case absent(v.Get(field)):
		return refusal("illegal-agreement-update", "The pricing type "+a.pricing+" can only change its "+field)
	case !whole || amount < 100:
		return faulty("pricing."+field, "must be a whole number of at least 100")
	case a.pricing == "VARIABLE" && amount > 2_000_000:
		return refusal("invalid-suggested-max-amount", "suggestedMaxAmount can be at most 2000000")
	}
	*at = amount
	return nil
}

func (s *Server) getAgreement(c *call, a *agreement) reply {
	return jsonReply(200, mimeJSON, s.agreementBody(c, a))
}

// listAgreements shows the active ones unless a status is asked for.
func (s *Server) listAgreements(c *call) reply {
	status := strings.ToUpper(c.query.Get("status"))
	if status == "" {
		status = active
	}
	if !slices.Contains([]string{pending, active, stopped, "EXPIRED"}, status) {
		return s.hitchReply(c, *faulty("status", "must be PENDING, ACTIVE, STOPPED or EXPIRED"))
	}
	list := []agreementBody{}
	for _, a := range s.drafts {
		if a.status == status {
			list = append(list, s.agreementBody(c, a))
		}
	}
	return jsonReply(200, mimeJSON, list)
}
