package vipps

import (
	"net/http"
	"slices"
	"time"

	"github.com/tidwall/gjson"
)

// Checkout v3: sessions. The frontend is the landing page; what the buyer types
// into the real one is filled in from prefillCustomer.

func (s *Server) checkoutRoutes() []route {
	d := door{key: true}
	return []route{
		{"checkout.create", http.MethodPost, "/checkout/v3/session", d, limit{}, s.withClient(s.checkoutCreate)},
		{"checkout.get", http.MethodGet, "/checkout/v3/session/{reference}", d, limit{}, s.withClient(s.checkoutGet)},
	}
}

// checkoutLife is how long a session can be paid.
const checkoutLife = time.Hour

type checkout struct {
	id, reference, state, currency, text, returnURL string
	callback, auth                                  string
	amount                                          int64
	prefill                                         gjson.Result
}

// withClient asks for client id and secret among the headers: there is no token.
func (s *Server) withClient(serve func(*call) reply) func(*call) reply {
	return func(c *call) reply {
		if c.header.Get("client_id") != s.keys.ClientID || c.header.Get("client_secret") != s.keys.ClientSecret {
			return s.checkoutProblem(c, 401, "Unauthorized", "client_id", "client_id or client_secret is wrong.")
		}
		if msn := c.header.Get("Merchant-Serial-Number"); msn != "" && msn != s.keys.MerchantSerialNumber {
			return s.checkoutProblem(c, 403, "Forbidden", "Merchant-Serial-Number", "The sales unit does not belong to these keys.")
		}
		return serve(c)
	}
}

func (s *Server) checkoutProblem(c *call, status int, code, field, reason string) reply {
	return jsonReply(status, mimeJSON, struct {
		Type     string              `json:"type"`
		Title    string              `json:"title"`
		Status   int                 `json:"status"`
		Detail   string              `json:"detail"`
		Instance string              `json:"instance"`
		Code     string              `json:"errorCode"`
		Errors   map[string][]string `json:"errors"`
	}{"about:blank", http.StatusText(status), status, reason, c.path, code, map[string][]string{field: {reason}}})
}

func (s *Server) checkoutCreate(c *call) reply {
	root, ok := object(c.body)
	amount, currency, sn := money(root.Get("transaction.amount"), "transaction.amount")
	reference, words := text(root.Get("transaction.reference")), text(root.Get("transaction.paymentDescription"))
	bad := func(field, reason string) reply {
		return s.checkoutProblem(c, 400, "ValidationError", field, reason)
	}
	switch {
	case !ok:
		return bad("body", "The body must be a JSON object.")
	case sn != nil || amount < 0:
		return bad("transaction.amount", "Needs a whole value and a currency.")
	case !isWord(reference, 8, 50):
		return bad("transaction.reference", "Needs 8 to 50 letters, digits or hyphens.")
	case len([]rune(words)) < 3 || len([]rune(words)) > 100:
		return bad("transaction.paymentDescription", "Needs 3 to 100 characters.")
	case s.checkouts[reference] != nil:
		return s.checkoutProblem(c, 409, "ReferenceConflict", "transaction.reference", "The reference was used before.")
	}
	for _, name := range []string{"callbackUrl", "returnUrl", "callbackAuthorizationToken"} {
		if text(root.Get("merchantInfo."+name)) == "" {
			return bad("merchantInfo."+name, "Must not be empty.")
		}
	}
	k := &checkout{
		id: s.guid(), reference: reference, state: "SessionCreated", amount: amount, currency: currency, text: words,
		returnURL: text(root.Get("merchantInfo.returnUrl")), callback: text(root.Get("merchantInfo.callbackUrl")),
		auth: text(root.Get("merchantInfo.callbackAuthorizationToken")), prefill: root.Get("prefillCustomer"),
	}
	token := s.landing(c, reference)
	s.checkouts[reference] = k
	s.await(reference, token, k)
	s.later(c.now.Add(checkoutLife), func(time.Time) {
		if k.state == "SessionCreated" {
			k.state = "SessionExpired"
		}
	})
	return jsonReply(200, mimeJSON, map[string]string{
		"token": token, "checkoutFrontendUrl": landingURL(c.base, token), "pollingUrl": c.base + "/checkout/v3/session/" + k.id,
	})
}

// checkoutGet finds a session by its reference, or by its id as the pollingUrl has it.
func (s *Server) checkoutGet(c *call) reply {
	k := s.checkouts[c.params["reference"]]
	for _, other := range s.checkouts {
		if other.id == c.params["reference"] {
			k = other
		}
	}
	if k == nil {
		return s.checkoutProblem(c, 404, "SessionNotFound", "reference", "No session has this reference.")
	}
	return jsonReply(200, mimeJSON, s.checkoutBody(k))
}

func (s *Server) checkoutBody(k *checkout) map[string]any {
	body := map[string]any{
		"sessionId": k.id, "merchantSerialNumber": s.keys.MerchantSerialNumber, "reference": k.reference, "sessionState": k.state,
	}
	if slices.Contains([]string{"PaymentSuccessful", "PaymentTerminated"}, k.state) {
		zero, all := amountBody{k.currency, 0}, amountBody{k.currency, k.amount}
		state, authorizedAmount := "AUTHORIZED", all
		if k.state == "PaymentTerminated" {
			state, authorizedAmount = "TERMINATED", zero
		}
		body["paymentMethod"] = "Wallet"
		body["paymentDetails"] = map[string]any{
			"amount": all, "state": state, "aggregate": aggregateBody{authorizedAmount, zero, zero, zero},
		}
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

func (k *checkout) card() card {
	return card{
		Kind: "Checkout", Ref: k.reference, Text: k.text, Amount: amountText(k.amount, k.currency),
		State: k.state, Open: k.state == "SessionCreated",
	}
}

func (k *checkout) agree(s *Server, _ time.Time) string { return s.endCheckout(k, "PaymentSuccessful") }

func (k *checkout) refuse(s *Server, _ time.Time) string {
	return s.endCheckout(k, "PaymentTerminated")
}

func (k *checkout) lapse(s *Server, _ time.Time) string { return s.endCheckout(k, "SessionExpired") }

// endCheckout ends a session and tells the merchant at its callbackUrl.
func (s *Server) endCheckout(k *checkout, state string) string {
	if k.state != "SessionCreated" {
		return notWaiting
	}
	k.state = state
	s.dispatch(parcel{
		kind: "checkout callback", method: http.MethodPost, url: k.callback, timeout: shippingTime,
		header: http.Header{"Authorization": {k.auth}}, body: marshal(s.checkoutBody(k)),
	})
	return ""
}

func (k *checkout) back() string { return k.returnURL }
