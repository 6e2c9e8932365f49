package vipps

import (
	"encoding/base64"
	"encoding/json"
	"image"
	_ "image/jpeg" // so that heights can be read
	_ "image/png"
	"net/http"
	"slices"
	"strings"

	"github.com/tidwall/gjson"
)

// The Order Management API: receipts, categories and pictures that the app shows
// with a payment.

func (s *Server) orderManagementRoutes() []route {
	d := door{key: true, token: true}
	const v2 = "/order-management/v2/{paymentType}"
	return []route{
		{"orders.image", http.MethodPost, "/order-management/v1/images", d, limit{}, s.withUnit(s.uploadImage)},
		{"orders.category", http.MethodPut, v2 + "/categories/{orderId}", d, limit{}, s.onDossier(s.putCategory)},
		{"orders.receipt", http.MethodPost, v2 + "/receipts/{orderId}", d, limit{}, s.onDossier(s.postReceipt)},
		{"orders.get", http.MethodGet, v2 + "/{orderId}", d, limit{}, s.onDossier(s.getDossier)},
	}
}

// A dossier is what was added to one order.
type dossier struct{ category, receipt json.RawMessage }

func (s *Server) withUnit(serve func(*call) reply) func(*call) reply {
	return func(c *call) reply {
		if c.header.Get("Merchant-Serial-Number") == "" {
			return invalidParam(c, 400, "Merchant-Serial-Number", "The header is required.")
		}
		return serve(c)
	}
}

// onDossier looks the order up: an eCom or ePayment payment, or a charge.
func (s *Server) onDossier(serve func(*call, *dossier) reply) func(*call) reply {
	return s.withUnit(func(c *call) reply {
		id, kind := c.params["orderId"], strings.ToUpper(c.params["paymentType"])
		_, ordered := s.orders[id]
		_, paid := s.payments[id]
		_, charged := s.charges[id]
		switch {
		case kind != "ECOM" && kind != "RECURRING":
			return invalidParam(c, 400, "paymentType", "Must be ecom or recurring.")
		case kind == "ECOM" && !ordered && !paid, kind == "RECURRING" && !charged:
			return invalidParam(c, 404, "orderId", "No payment has this order id.")
		}
		key := kind + "/" + id
		if s.dossiers[key] == nil {
			s.dossiers[key] = &dossier{}
		}
		return serve(c, s.dossiers[key])
	})
}

func (s *Server) uploadImage(c *call) reply {
	root, ok := object(c.body)
	id := text(root.Get("imageId"))
	src, err := base64.StdEncoding.DecodeString(text(root.Get("src")))
	switch {
	case !ok:
		return invalidParam(c, 400, "body", "The body must be a JSON object.")
	case id == "" || len(id) > 128:
		return invalidParam(c, 400, "imageId", "Must have 1 to 128 characters.")
	case text(root.Get("type")) != "base64":
		return invalidParam(c, 400, "type", "Must be base64.")
	case err != nil || len(src) == 0:
		return invalidParam(c, 400, "src", "Must be a picture in Base64.")
	}
	if shape, _, err := image.DecodeConfig(strings.NewReader(string(src))); s.strict && (err != nil || shape.Height < 167) {
		return invalidParam(c, 400, "src", "Must be a PNG or JPEG picture of at least 167 pixels in height.")
	}
	s.images[id] = true
	return jsonReply(200, mimeJSON, struct {
		ID string `json:"imageId"`
	}{id})
}

func (s *Server) putCategory(c *call, d *dossier) reply {
	root, ok := object(c.body)
	kinds := []string{"GENERAL", "RECEIPT", "ORDER_CONFIRMATION", "DELIVERY", "TICKET", "BOOKING"}
	switch picture := text(root.Get("imageId")); {
	case !ok:
		return invalidParam(c, 400, "body", "The body must be a JSON object.")
	case !slices.Contains(kinds, text(root.Get("category"))):
		return invalidParam(c, 400, "category", "Must be one of "+strings.Join(kinds, ", ")+".")
	case !isPublicURL(text(root.Get("orderDetailsUrl")), "https", "http"):
		return invalidParam(c, 400, "orderDetailsUrl", "Must be a URL.")
	case picture != "" && !s.images[picture]:
		return invalidParam(c, 400, "imageId", "No picture was uploaded with this id.")
	}
	d.category = json.RawMessage(root.Raw)
	return jsonReply(200, mimeJSON, s.guid())
}

func (s *Server) postReceipt(c *call, d *dossier) reply {
	root, ok := object(c.body)
	if !ok {
		return invalidParam(c, 400, "body", "The body must be a JSON object.")
	}
	if d.receipt != nil {
		return invalidParam(c, 409, "orderId", "The order has a receipt.")
	}
	if field, why := checkReceipt(root); why != "" {
		return invalidParam(c, 400, field, why)
	}
	d.receipt = json.RawMessage(root.Raw)
	return jsonReply(http.StatusCreated, mimeJSON, s.guid())
}

// checkReceipt wants lines whose sums are right.
func checkReceipt(root gjson.Result) (field, why string) {
	lines := root.Get("orderLines").Array()
	if len(lines) == 0 {
		return "orderLines", "Must not be empty."
	}
	for _, line := range lines {
		total, ok1 := integer(line.Get("totalAmount"))
		net, ok2 := integer(line.Get("totalAmountExcludingTax"))
		tax, ok3 := integer(line.Get("totalTaxAmount"))
		switch {
		case text(line.Get("name")) == "" || text(line.Get("id")) == "":
			return "orderLines", "Each line needs a name and an id."
		case !ok1 || !ok2 || !ok3 || net+tax != total:
			return "orderLines", "The amounts of each line must be whole and add up."
		}
	}
	if !slices.Contains([]string{"NOK", "DKK", "EUR"}, text(root.Get("bottomLine.currency"))) {
		return "bottomLine.currency", "Must be NOK, DKK or EUR."
	}
	return "", ""
}

func (s *Server) getDossier(_ *call, d *dossier) reply {
	return jsonReply(200, mimeJSON, struct {
		Category json.RawMessage `json:"category,omitempty"`
		Receipt  json.RawMessage `json:"receipt,omitempty"`
	}{d.category, d.receipt})
}

// invalidParam is the problem of the QR, order management and check-in APIs.
func invalidParam(c *call, status int, name, reason string) reply {
	return jsonReply(status, mimeJSON, struct {
		Type     string       `json:"type"`
		Title    string       `json:"title"`
		Detail   string       `json:"detail"`
		Instance string       `json:"instance"`
		Invalid  []nameReason `json:"invalidParams"`
	}{"about:blank", http.StatusText(status), "The request is not valid.", c.path, []nameReason{{name, reason}}})
}
