// Package invoice is the Invoice API, gone at Vipps since. ISPs sent invoices, IPPs let
// recipients pay them. The two had paths of their own; here both roles are played under
// both, because the official environments have one variable for either.
package invoice

import (
	"net/http"
	"strings"
	"time"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

// A Service is the Invoice API of one simulator.
type Service struct {
	core       *core.Server
	invoices   map[string]*invoice // by invoice id
	recipients map[string]string   // recipient token to the person
}

// New returns the API of a server.
func New(server *core.Server) *Service {
	s := &Service{core: server}
	s.Reset()
	return s
}

// Reset forgets all invoices but the first.
func (s *Service) Reset() { s.invoices, s.recipients = firstInvoices(), map[string]string{} }

// Routes are the operations of the Invoice API.
func (s *Service) Routes() []core.Route {
	d := core.Access{Key: true, Token: true, BareToken: true}
	all := []core.Route{{Name: "invoice.jwk", Method: http.MethodGet, Pattern: "/vipps-invoice/public/jwk", Serve: s.publicKeys}}
	for _, base := range []string{"/vipps-ipp/v1", "/vipps-isp/v1"} {
		one := base + "/invoices/{invoiceId}"
		all = append(all, []core.Route{
			d.Route("invoice.recipient", http.MethodPost, base+"/recipients/tokens", core.Limit{}, s.recipientToken),
			d.Route("invoice.count", http.MethodGet, base+"/invoices/count", core.Limit{}, s.onRecipient(s.countInvoices)),
			d.Route("invoice.list", http.MethodGet, base+"/invoices", core.Limit{}, s.onRecipient(s.listInvoices)),
			d.Route("invoice.put", http.MethodPut, one, core.Limit{}, s.putInvoice),
			d.Route("invoice.get", http.MethodGet, one, core.Limit{}, s.onInvoice(s.getInvoice)),
			d.Route("invoice.status", http.MethodPut, one+"/status/{state}", core.Limit{}, s.onInvoice(s.setInvoice)),
			d.Route("invoice.document", http.MethodGet, one+"/commercial-invoice", core.Limit{}, s.onInvoice(s.document)),
			d.Route("invoice.attachment", http.MethodGet, one+"/attachments/{attachmentId}", core.Limit{}, s.onInvoice(s.document)),
			core.Access{}.Route("invoice.ownjwk", http.MethodGet, base+"/public/jwk", core.Limit{}, s.publicKeys),
			core.Access{}.Route("invoice.ownjwk", http.MethodGet, base+"/jwk", core.Limit{}, s.publicKeys),
		}...)
	}
	return all
}

// recipientLife is how long a recipient token can be used.
const recipientLife = 15 * time.Minute

func (s *Service) problem(c *core.Call, status int, detail string) response.Response {
	type problem struct {
		Type     string `json:"type"`
		Title    string `json:"title"`
		Detail   string `json:"detail"`
		Instance string `json:"instance"`
		ID       string `json:"correlationId"`
	}
	return response.JSON(status, struct {
		Error problem `json:"error"`
	}{problem{"about:blank", http.StatusText(status), detail, c.Path, s.core.GUID()}})
}

// recipientToken gives a token for a person by national number or phone. It ends after a while, as the real one does.
func (s *Service) recipientToken(c *core.Call) response.Response {
	root, ok := input.Object(c.Body)
	kind, value := input.Text(root.Get("type")), input.Text(root.Get("value"))
	switch {
	case !ok || kind != "nin-no" && kind != "msisdn":
		return s.problem(c, 400, "The type must be nin-no or msisdn.")
	case kind == "nin-no" && !input.IsDigits(value, 11, 11), kind == "msisdn" && !input.IsMSISDN(value):
		return s.problem(c, 404, "There is no such recipient.")
	}
	token := s.core.Sign(map[string]any{"sub": value, "exp": c.Now.Add(recipientLife).Unix(), "iat": c.Now.Unix(), "jti": s.core.GUID()})
	s.recipients[token] = kind + ":" + value
	s.core.Schedule(c.Now.Add(recipientLife), func(time.Time) { delete(s.recipients, token) })
	return response.JSON(200, map[string]string{"recipientToken": token})
}

// onRecipient asks for the token of the person whose invoices are looked at.
func (s *Service) onRecipient(serve func(*core.Call, string) response.Response) core.Handler {
	return func(c *core.Call) response.Response {
		person, ok := s.recipients[c.Header.Get("vippsinvoice-recipienttoken")]
		if !ok {
			return s.problem(c, 400, "The header vippsinvoice-recipienttoken needs a token that was asked for in the last 15 minutes.")
		}
		return serve(c, person)
	}
}

// onInvoice looks an invoice up. A recipient token, where one is sent, must be its
// recipient's.
func (s *Service) onInvoice(serve func(*core.Call, *invoice) response.Response) func(*core.Call) response.Response {
	return func(c *core.Call) response.Response {
		v, ok := s.invoices[c.Params["invoiceId"]]
		if token := c.Header.Get("vippsinvoice-recipienttoken"); ok && token != "" {
			ok = v.isOf(s.recipients[token])
		}
		if !ok {
			return s.problem(c, http.StatusNotFound, "There is no such invoice.")
		}
		return serve(c, v)
	}
}

func (s *Service) listInvoices(c *core.Call, person string) response.Response {
	list := []invoiceBody{}
	for _, v := range s.invoicesOf(person, c.Query.Get("state")) {
		list = append(list, v.body())
	}
	if status := s.core.Either(200, 204); len(list) == 0 && status == 204 {
		return response.Empty(status) // "Empty result. No matching invoices."
	}
	return response.JSON(200, list)
}

func (s *Service) countInvoices(c *core.Call, person string) response.Response {
	return response.JSON(200, len(s.invoicesOf(person, c.Query.Get("state"))))
}

func (s *Service) getInvoice(_ *core.Call, v *invoice) response.Response {
	return response.JSON(200, v.body())
}

// putInvoice creates an invoice, or replaces one that nobody has acted on.
func (s *Service) putInvoice(c *core.Call) response.Response {
	root, ok := input.Object(c.Body)
	id := c.Params["invoiceId"]
	person := s.recipients[input.Text(root.Get("recipientToken"))]
	switch {
	case !ok:
		return s.problem(c, 400, "The body must be a JSON object.")
	case strings.Count(id, ".") != 2 || !strings.HasPrefix(id, "orgno-no."):
		return s.problem(c, 400, "The invoice id must look like orgno-no.918130047.123.")
	case person == "":
		return s.problem(c, 400, "The recipientToken is unknown or has ended.")
	}
	if old, known := s.invoices[id]; known && old.state != "created" && old.state != "pending" {
		return s.problem(c, 409, "The invoice is "+old.state+".")
	}
	v, why := newInvoice(id, person, root, c.Now)
	if why != "" {
		return s.problem(c, 400, why)
	}
	v.etag = s.core.Hex(8)
	s.invoices[id] = v
	return response.Empty(200)
}

// setInvoice moves an invoice on, when the caller knows its present state.
func (s *Service) setInvoice(c *core.Call, v *invoice) response.Response {
	key := c.Header.Get("Idempotency-Key")
	if key == "" {
		return s.problem(c, 400, "The Idempotency-Key header is required.")
	}
	conflict := func() response.Response { return s.problem(c, 409, "The Idempotency-Key was used with another body.") }
	return s.core.Once(c, key, core.Successes, conflict, func() response.Response {
		if c.Header.Get("If-Match") != v.etag {
			return s.problem(c, 409, "The etag is not the one of the last known status.")
		}
		if why := v.become(c.Params["state"], c.Now); why != "" {
			return s.problem(c, 409, why)
		}
		v.etag = s.core.Hex(8)
		return response.Empty(http.StatusNoContent)
	})
}

func (s *Service) document(c *core.Call, v *invoice) response.Response {
	if id := c.Params["attachmentId"]; id != "" && !v.has(id) {
		return s.problem(c, http.StatusNotFound, "The invoice has no such attachment.")
	}
	return response.JSON(200, map[string]string{"url": v.document})
}

// publicKeys is the public half of the key that document links were signed with.
func (s *Service) publicKeys(*core.Call) response.Response {
	return response.JSON(200, s.core.PublicKeys())
}
