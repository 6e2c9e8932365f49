// Package ordermanagement is the Order Management API: receipts, categories and pictures
// that the app shows with a payment.
package ordermanagement

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

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

// A Service is the Order Management API of one simulator.
type Service struct {
	core    *core.Server
	orders  Orders
	details map[string]*orderDetails // by payment type and order id
	images  map[string]bool          // by image id
}

// Orders knows what a receipt can be added to.
type Orders struct {
	HasPayment func(id string) bool // of eCommerce or ePayment
	HasCharge  func(id string) bool // of Recurring
}

// New returns the API of a server.
func New(server *core.Server, orders Orders) *Service {
	s := &Service{core: server, orders: orders}
	s.Reset()
	return s
}

// Reset forgets all receipts, categories and pictures.
func (s *Service) Reset() { s.details, s.images = map[string]*orderDetails{}, map[string]bool{} }

// Routes are the operations of the Order Management API.
func (s *Service) Routes() []core.Route {
	d := core.Access{Key: true, Token: true}
	const v2 = "/order-management/v2/{paymentType}"
	return []core.Route{
		d.Route("orders.image", http.MethodPost, "/order-management/v1/images", core.Limit{}, core.RequireMSN(s.uploadImage)),
		d.Route("orders.category", http.MethodPut, v2+"/categories/{orderId}", core.Limit{}, s.onOrder(s.putCategory)),
		d.Route("orders.receipt", http.MethodPost, v2+"/receipts/{orderId}", core.Limit{}, s.onOrder(s.postReceipt)),
		d.Route("orders.get", http.MethodGet, v2+"/{orderId}", core.Limit{}, s.onOrder(s.getDetails)),
	}
}

// orderDetails is what was added to one order.
type orderDetails struct{ category, receipt json.RawMessage }

// onOrder looks the order up: an eCom or ePayment payment, or a charge.
func (s *Service) onOrder(serve func(*core.Call, *orderDetails) response.Response) core.Handler {
	return core.RequireMSN(func(c *core.Call) response.Response {
		id, kind := c.Params["orderId"], strings.ToUpper(c.Params["paymentType"])
		switch {
		case kind != "ECOM" && kind != "RECURRING":
			return core.InvalidParam(c, 400, "paymentType", "Must be ecom or recurring.")
		case kind == "ECOM" && !s.orders.HasPayment(id), kind == "RECURRING" && !s.orders.HasCharge(id):
			return core.InvalidParam(c, 404, "orderId", "No payment has this order id.")
		}
		key := kind + "/" + id
		if s.details[key] == nil {
			s.details[key] = &orderDetails{}
		}
		return serve(c, s.details[key])
	})
}

// uploadImage keeps only the id: nothing shows the picture. Its size is checked with --strict-api.
func (s *Service) uploadImage(c *core.Call) response.Response {
	root, ok := input.Object(c.Body)
	id := input.Text(root.Get("imageId"))
	src, err := base64.StdEncoding.DecodeString(input.Text(root.Get("src")))
	switch {
	case !ok:
		return core.InvalidParam(c, 400, "body", "The body must be a JSON object.")
	case id == "" || len(id) > 128:
		return core.InvalidParam(c, 400, "imageId", "Must have 1 to 128 characters.")
	case input.Text(root.Get("type")) != "base64":
		return core.InvalidParam(c, 400, "type", "Must be base64.")
	case err != nil || len(src) == 0:
		return core.InvalidParam(c, 400, "src", "Must be a picture in Base64.")
	}
	if shape, _, err := image.DecodeConfig(strings.NewReader(string(src))); s.core.Strict() && (err != nil || shape.Height < 167) {
		return core.InvalidParam(c, 400, "src", "Must be a PNG or JPEG picture of at least 167 pixels in height.")
	}
	s.images[id] = true
	return response.JSON(200, struct {
		ID string `json:"imageId"`
	}{id})
}

func (s *Service) putCategory(c *core.Call, d *orderDetails) response.Response {
	root, ok := input.Object(c.Body)
	kinds := []string{"GENERAL", "RECEIPT", "ORDER_CONFIRMATION", "DELIVERY", "TICKET", "BOOKING"}
	switch picture := input.Text(root.Get("imageId")); {
	case !ok:
		return core.InvalidParam(c, 400, "body", "The body must be a JSON object.")
	case !slices.Contains(kinds, input.Text(root.Get("category"))):
		return core.InvalidParam(c, 400, "category", "Must be one of "+strings.Join(kinds, ", ")+".")
	case !input.IsPublicURL(input.Text(root.Get("orderDetailsUrl")), "https", "http"):
		return core.InvalidParam(c, 400, "orderDetailsUrl", "Must be a URL.")
	case picture != "" && !s.images[picture]:
		return core.InvalidParam(c, 400, "imageId", "No picture was uploaded with this id.")
	}
	d.category = json.RawMessage(root.Raw)
	return response.JSON(200, s.core.GUID())
}

// postReceipt takes one receipt an order; a second is refused with 409.
func (s *Service) postReceipt(c *core.Call, d *orderDetails) response.Response {
	root, ok := input.Object(c.Body)
	if !ok {
		return core.InvalidParam(c, 400, "body", "The body must be a JSON object.")
	}
	if d.receipt != nil {
		return core.InvalidParam(c, 409, "orderId", "The order has a receipt.")
	}
	if field, why := checkReceipt(root); why != "" {
		return core.InvalidParam(c, 400, field, why)
	}
	d.receipt = json.RawMessage(root.Raw)
	return response.JSON(http.StatusCreated, s.core.GUID())
}

// checkReceipt wants lines whose sums are right.
func checkReceipt(root gjson.Result) (field, why string) {
	lines := root.Get("orderLines").Array()
	if len(lines) == 0 {
		return "orderLines", "Must not be empty."
	}
	for _, line := range lines {
		total, ok1 := input.Integer(line.Get("totalAmount"))
		net, ok2 := input.Integer(line.Get("totalAmountExcludingTax"))
		tax, ok3 := input.Integer(line.Get("totalTaxAmount"))
		switch {
		case input.Text(line.Get("name")) == "" || input.Text(line.Get("id")) == "":
			return "orderLines", "Each line needs a name and an id."
		case !ok1 || !ok2 || !ok3 || net+tax != total:
			return "orderLines", "The amounts of each line must be whole and add up."
		}
	}
	if !slices.Contains([]string{"NOK", "DKK", "EUR"}, input.Text(root.Get("bottomLine.currency"))) {
		return "bottomLine.currency", "Must be NOK, DKK or EUR."
	}
	return "", ""
}

func (s *Service) getDetails(_ *core.Call, d *orderDetails) response.Response {
	return response.JSON(200, struct {
		Category json.RawMessage `json:"category,omitempty"`
		Receipt  json.RawMessage `json:"receipt,omitempty"`
	}{d.category, d.receipt})
}
