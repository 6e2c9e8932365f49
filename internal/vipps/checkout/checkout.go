// Package checkout is Checkout v3: sessions. The frontend is the landing page; what the
// buyer types into the real one is filled in from prefillCustomer.
package checkout

import (
	"net/http"
	"slices"
	"time"

	"github.com/tidwall/gjson"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/epayment"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

// payments makes the ePayment payment of a session that was paid. The merchant captures and refunds it there.
type payments interface {
	Approved(now time.Time, reference, currency, description string, amount int64) (problem string)
	Holds(reference string) (reserved, kept int64)
	Aggregate(reference string) (sums epayment.Aggregate, ok bool)
}

// A Service is the Checkout API of one simulator.
type Service struct {
	core     *core.Server
	payments payments
	sessions map[string]*session // by reference
}

// New returns the API of a server.
func New(server *core.Server, made payments) *Service {
	s := &Service{core: server, payments: made}
	s.Reset()
	return s
}

// Reset forgets all sessions.
func (s *Service) Reset() { s.sessions = map[string]*session{} }

// Routes are the operations of the Checkout API.
func (s *Service) Routes() []core.Route {
	d := core.Access{Key: true}
	return []core.Route{
		d.Route("checkout.create", http.MethodPost, "/checkout/v3/session", core.Limit{}, s.withClient(s.create)),
		d.Route("checkout.get", http.MethodGet, "/checkout/v3/session/{reference}", core.Limit{}, s.withClient(s.get)),
	}
}

const (
	life            = time.Hour        // of a session that nobody pays
	callbackTimeout = 10 * time.Second // of the merchant
)

type session struct {
	id, reference, state, currency, text, returnURL string
	callback, auth                                  string
	amount                                          int64
	prefill                                         gjson.Result
}

// withClient asks for client id and secret among the headers: there is no token.
func (s *Service) withClient(serve core.Handler) core.Handler {
	return func(c *core.Call) response.Response {
		if c.Header.Get("client_id") != s.core.Keys().ClientID || c.Header.Get("client_secret") != s.core.Keys().ClientSecret {
			return s.problem(c, 401, "Unauthorized", "client_id", "client_id or client_secret is wrong.")
		}
		if msn := c.Header.Get("Merchant-Serial-Number"); msn != "" && msn != s.core.Keys().MerchantSerialNumber {
			return s.problem(c, 403, "Forbidden", "Merchant-Serial-Number", "The sales unit does not belong to these keys.")
		}
		return serve(c)
	}
}

func (s *Service) problem(c *core.Call, status int, code, field, reason string) response.Response {
	return response.JSON(status, struct {
		Type     string              `json:"type"`
		Title    string              `json:"title"`
		Status   int                 `json:"status"`
		Detail   string              `json:"detail"`
		Instance string              `json:"instance"`
		Code     string              `json:"errorCode"`
		Errors   map[string][]string `json:"errors"`
	}{"about:blank", http.StatusText(status), status, reason, c.Path, code, map[string][]string{field: {reason}}})
}

// create checks in the order in which the fields stand in the specification, and reports the first that is wrong.
func (s *Service) create(c *core.Call) response.Response {
	root, ok := input.Object(c.Body)
	amount, currency, prob := epayment.ReadAmount(root.Get("transaction.amount"), "transaction.amount")
	reference, words := input.Text(root.Get("transaction.reference")), input.Text(root.Get("transaction.paymentDescription"))
	bad := func(field, reason string) response.Response {
		return s.problem(c, 400, "ValidationError", field, reason)
	}
	switch {
	case !ok:
		return bad("body", "The body must be a JSON object.")
	case prob != nil || amount < 0:
		return bad("transaction.amount", "Needs a whole value and a currency.")
	case !input.IsWord(reference, 8, 50):
		return bad("transaction.reference", "Needs 8 to 50 letters, digits or hyphens.")
	case len([]rune(words)) < 3 || len([]rune(words)) > 100:
		return bad("transaction.paymentDescription", "Needs 3 to 100 characters.")
	case s.sessions[reference] != nil:
		return s.problem(c, 409, "ReferenceConflict", "transaction.reference", "The reference was used before.")
	}
	for _, name := range []string{"callbackUrl", "returnUrl", "callbackAuthorizationToken"} {
		if input.Text(root.Get("merchantInfo."+name)) == "" {
			return bad("merchantInfo."+name, "Must not be empty.")
		}
	}
	k := &session{
		id: s.core.GUID(), reference: reference, state: "SessionCreated", amount: amount, currency: currency, text: words,
		returnURL: input.Text(root.Get("merchantInfo.returnUrl")), callback: input.Text(root.Get("merchantInfo.callbackUrl")),
		auth: input.Text(root.Get("merchantInfo.callbackAuthorizationToken")), prefill: root.Get("prefillCustomer"),
	}
	token := s.core.LandingToken(c, reference)
	s.sessions[reference] = k
	s.core.Await(reference, token, decision{k, s})
	s.core.Schedule(c.Now.Add(life), func(time.Time) {
		if k.state == "SessionCreated" {
			k.state = "SessionExpired"
		}
	})
	return response.JSON(200, map[string]string{
		"token": token, "checkoutFrontendUrl": s.core.OtherURL(core.LandingURL(c.Base, token), "https://vippscheckout.vipps.no/v1/?token="+token), "pollingUrl": c.Base + "/checkout/v3/session/" + k.id,
	})
}

// get finds a session by its reference, or by its id as the pollingUrl has it.
func (s *Service) get(c *core.Call) response.Response {
	k := s.sessions[c.Params["reference"]]
	for _, other := range s.sessions {
		if other.id == c.Params["reference"] {
			k = other
		}
	}
	if k == nil {
		return s.problem(c, 404, "SessionNotFound", "reference", "No session has this reference.")
	}
	return response.JSON(200, s.body(k))
}

// body shows a session. Payment details are there once the session has ended, shipping details only after a payment.
func (s *Service) body(k *session) map[string]any {
	body := map[string]any{
		"sessionId": k.id, "merchantSerialNumber": s.core.Keys().MerchantSerialNumber, "reference": k.reference, "sessionState": k.state,
	}
	if slices.Contains([]string{"PaymentSuccessful", "PaymentTerminated"}, k.state) {
		zero, all := epayment.Amount{Currency: k.currency}, epayment.Amount{Currency: k.currency, Value: k.amount}
		state := "TERMINATED"
		sums, isPaid := s.payments.Aggregate(k.reference)
		if isPaid {
			state = "AUTHORIZED"
		} else {
			sums = epayment.Aggregate{Authorized: zero, Cancelled: zero, Captured: zero, Refunded: zero}
		}
		body["paymentMethod"] = "Wallet"
		body["paymentDetails"] = map[string]any{"amount": all, "state": state, "aggregate": sums}
	}
	if k.state == "PaymentSuccessful" && k.prefill.IsObject() {
		details := map[string]any{}
		k.prefill.ForEach(func(name, v gjson.Result) bool {
			details[name.Str] = v.Value()
			return true
		})
		body["shippingDetails"] = details
	}
	return body
}

// A decision lets the user, or time, decide about a session.
type decision struct {
	*session
	api *Service
}

func (d decision) Card() core.Card {
	return core.Card{
		Kind: "Checkout", Ref: d.reference, Text: d.text, Amount: core.AmountText(d.amount, d.currency),
		State: d.state, Open: d.state == "SessionCreated",
	}
}

func (d decision) Approve(now time.Time) string {
	if d.state != "SessionCreated" {
		return core.NotWaiting
	}
	if problem := d.api.payments.Approved(now, d.reference, d.currency, d.text, d.amount); problem != "" {
		return problem
	}
	return d.api.end(d.session, "PaymentSuccessful")
}

// Holds says how much of the session's payment is reserved, and how much the merchant has captured and not refunded.
func (d decision) Holds() (reserved, kept int64) { return d.api.payments.Holds(d.reference) }

func (d decision) Reject(_ time.Time) string {
	return d.api.end(d.session, "PaymentTerminated")
}

func (d decision) Expire(_ time.Time) string { return d.api.end(d.session, "SessionExpired") }

// end ends a session and tells the merchant at its callbackUrl.
func (s *Service) end(k *session, state string) string {
	if k.state != "SessionCreated" {
		return core.NotWaiting
	}
	k.state = state
	s.core.Send(core.Delivery{
		Kind: "checkout callback", Method: http.MethodPost, URL: k.callback, Timeout: callbackTimeout,
		Header: http.Header{"Authorization": {k.auth}}, Body: core.Marshal(s.body(k)),
	})
	return ""
}

func (d decision) ReturnURL() string { return d.returnURL }
