// Package recurring is the Recurring API: v3, and the older v2 and v1 on the same
// agreements and charges.
//
// Agreements and charges are kept here, in Service by their ids; charge.go has a charge's state and the rules by
// which it changes. Versions 1 and 2 translate bodies into those of version 3, so that there is one set of rules.
package recurring

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/response"
)

// A Service is the Recurring API of one simulator: v3, and what the versions share. The
// core's server calls it for one request at a time, so nothing is locked.
type Service struct {
	core       *core.Server
	users      consents
	webhooks   webhooks
	agreements map[string]*agreement // by agreement id
	ordered    []*agreement          // the same, oldest first
	charges    map[string]*charge    // by charge id
}

// consents remembers what users agreed to share, and returns the sub that opens it. The
// Userinfo API implements it.
type consents interface {
	Consent(now time.Time, scope string) (sub string)
}

// webhooks tells the merchant of an event. The Webhooks API implements it: it signs and sends
// the body to whoever registered.
type webhooks interface {
	Emit(now time.Time, event string, body any)
}

// New returns the API of a server. users remembers consents, hooks sends events.
func New(server *core.Server, users consents, hooks webhooks) *Service {
	s := &Service{core: server, users: users, webhooks: hooks}
	s.Reset()
	return s
}

// Reset forgets all agreements and charges. The control endpoint does that between tests.
func (s *Service) Reset() {
	s.agreements, s.ordered, s.charges = map[string]*agreement{}, nil, map[string]*charge{}
}

// HasCharge reports whether a charge exists.
func (s *Service) HasCharge(chargeID string) bool { return s.charges[chargeID] != nil }

// Routes are the operations of all versions.
func (s *Service) Routes() []core.Route {
	if s.core.Strict() {
		return s.routes() // Vipps has discontinued the others
	}
	older := v2{s}
	return slices.Concat(s.routes(), older.routes(), v1{s, older}.routes())
}

// routes lists version 3 with the limits that Vipps documents, in calls a minute by merchant
// or by id. The names are those by which faults can be ordered on the command line.
func (s *Service) routes() []core.Route {
	d := core.Access{Key: true, Token: true, MSNArray: true} // what all operations ask for
	const base = "/recurring/v3/agreements"
	const one, all = base + "/{agreementId}", base + "/{agreementId}/charges"
	agreementID, chargeID := "agreementId", "chargeId"
	return []core.Route{
		d.Route("recurring.draft", http.MethodPost, base, core.ByMerchant(300), s.once(s.draftAgreement)),
		d.Route("recurring.list", http.MethodGet, base, core.ByMerchant(5), s.listAgreements),
		d.Route("recurring.get", http.MethodGet, one, core.ByParam(120, agreementID), s.onAgreement(s.getAgreement)),
		d.Route("recurring.update", http.MethodPatch, one, core.ByParam(5, agreementID), s.once(s.onAgreement(s.updateAgreement))),
		d.Route("recurring.accept", http.MethodPatch, one+"/accept", core.Limit{}, s.once(s.onAgreement(s.acceptAgreement))),
		d.Route("recurring.charge", http.MethodPost, all, core.ByMerchant(500), s.once(s.onAgreement(s.createCharge))),
		d.Route("recurring.bulk", http.MethodPost, base+"/charges", core.ByMerchant(500), s.once(s.createCharges)),
		d.Route("recurring.charges", http.MethodGet, all, core.ByParam(10, agreementID), s.onAgreement(s.listCharges)),
		d.Route("recurring.fetchcharge", http.MethodGet, all+"/{chargeId}", core.ByParam(10, chargeID), s.onCharge(s.getCharge)),
		d.Route("recurring.cancel", http.MethodDelete, all+"/{chargeId}", core.ByParam(5, chargeID), s.once(s.onCharge(s.cancelCharge))),
		d.Route("recurring.capture", http.MethodPost, all+"/{chargeId}/capture", core.ByParam(5, chargeID), s.once(s.onCharge(s.captureCharge))),
		d.Route("recurring.refund", http.MethodPost, all+"/{chargeId}/refund", core.ByParam(5, chargeID), s.once(s.onCharge(s.refundCharge))),
		// The same operation has two paths: the second one is in Vipps' older collections.
		d.Route("recurring.chargebyid", http.MethodGet, "/recurring/v3/charges/{chargeId}", core.ByParam(100, chargeID), s.onCharge(s.getCharge)),
		d.Route("recurring.chargebyid", http.MethodGet, base+"/charges/{chargeId}", core.ByParam(100, chargeID), s.onCharge(s.getCharge)),
	}
}

// once adds v3's idempotency to a write: the header is required, at most 40 characters, and
// none of # ? / \. Only successes are remembered: a refused request may be corrected and sent
// again under the same key.
func (s *Service) once(serve core.Handler) core.Handler {
	return func(c *core.Call) response.Response {
		key := c.Header.Get("Idempotency-Key")
		if key == "" || len(key) > 40 || strings.ContainsAny(key, `#?/\`) {
			return s.refuse(c, *ruleProblem("idempotency-key-header",
				`The Idempotency-Key header needs 1 to 40 characters without # ? / \`))
		}
		// A body without Content-Type is accepted, as Vipps does.
		if kind := c.Header.Get("Content-Type"); len(c.Body) > 0 && kind != "" && !strings.Contains(strings.ToLower(kind), "json") {
			return s.refuse(c, problem{
				id: "unsupported-media-type", status: http.StatusUnsupportedMediaType,
				detail: "The Content-Type must be application/json",
			})
		}
		conflict := func() response.Response {
			return s.refuse(c, problem{
				id: "idempotency-conflict", status: http.StatusConflict,
				detail: "The Idempotency-Key was used with another body",
			})
		}
		return s.core.Once(c, key, core.Successes, conflict, func() response.Response { return serve(c) })
	}
}

// onAgreement finds the agreement that the path names, or answers 404.
func (s *Service) onAgreement(serve func(*core.Call, *agreement) response.Response) core.Handler {
	return func(c *core.Call) response.Response {
		a, prob := s.findAgreement(c)
		if prob != nil {
			return s.refuse(c, *prob)
		}
		return serve(c, a)
	}
}

// findAgreement is for the older versions too, which write the problem in their own way.
func (s *Service) findAgreement(c *core.Call) (*agreement, *problem) {
	if a, ok := s.agreements[c.Params["agreementId"]]; ok {
		return a, nil
	}
	return nil, notFound("Agreement")
}

// onCharge looks a charge up, within its agreement when the path names one, or answers 404.
func (s *Service) onCharge(serve func(*core.Call, *charge) response.Response) core.Handler {
	return func(c *core.Call) response.Response {
		ch, prob := s.findCharge(c)
		if prob != nil {
			return s.refuse(c, *prob)
		}
		return serve(c, ch)
	}
}

// findCharge finds a charge by its id. Where the path names an agreement too, the charge must be of that one.
func (s *Service) findCharge(c *core.Call) (*charge, *problem) {
	ch, ok := s.charges[c.Params["chargeId"]]
	if id, named := c.Params["agreementId"]; !ok || named && ch.agreement != id {
		return nil, notFound("Charge")
	}
	return ch, nil
}

// done answers a write without a body (204), or with the problem that stopped it.
func (s *Service) done(c *core.Call, prob *problem) response.Response {
	if prob != nil {
		return s.refuse(c, *prob)
	}
	return s.core.Done()
}
