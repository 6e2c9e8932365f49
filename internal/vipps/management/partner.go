package management

import (
	"net/http"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

// The Partner API, which the Management API replaced.

func (s *Service) partnerRoutes(d core.Access) []core.Route {
	return []core.Route{
		d.Route("partner.merchant", http.MethodGet, "/partner-api/v0/merchants/{orgno}", core.Limit{}, s.partnerMerchant),
		d.Route("partner.unit", http.MethodGet, "/partner-api/v0/salesunits/{msn}", core.Limit{}, s.partnerUnit),
		d.Route("partner.order", http.MethodPost, "/partner-api/v1/products/orders", core.Limit{}, s.partnerOrder),
	}
}

func (s *Service) partnerMerchant(c *core.Call) response.Response {
	if c.Params["orgno"] != core.Organisation {
		return core.PlainProblem(c, 404, "Not Found", "These keys do not see this organisation.")
	}
	return response.JSON(200, map[string]any{"msn": []string{s.core.Keys().MerchantSerialNumber}})
}

func (s *Service) partnerUnit(c *core.Call) response.Response {
	if c.Params["msn"] != s.core.Keys().MerchantSerialNumber {
		return core.PlainProblem(c, 404, "Not Found", "These keys do not see this sales unit.")
	}
	return response.JSON(200, map[string]any{
		"msn": s.core.Keys().MerchantSerialNumber, "name": s.units[0].Name, "orgno": core.Organisation,
		"additionalDetails": map[string]any{"skipLandingPage": false, "isPureLogin": false, "captureType": "ReserveCapture", "recurring": true},
	})
}

// partnerOrder makes a prefilled signup form. The merchant would finish it in the portal, which is not simulated.
func (s *Service) partnerOrder(c *core.Call) response.Response {
	key := c.Header.Get("Idempotency-Key")
	root, ok := input.Object(c.Body)
	switch {
	case key == "":
		return s.problem(c, 400, "The Idempotency-Key header is required.")
	case !ok || !input.IsDigits(input.Text(root.Get("orgno")), 9, 9) || input.Text(root.Get("productType")) == "":
		return s.problem(c, 400, "The body needs an orgno of 9 digits and a productType.")
	}
	conflict := func() response.Response {
		return s.problem(c, 422, "The Idempotency-Key was used with another body.")
	}
	return s.core.Once(c, key, core.Successes, conflict, func() response.Response {
		id := s.core.GUID()
		return response.JSON(200, map[string]string{
			"prefilledOrderId": id, "returnUrl": c.Base + "/register/prefilled/" + id,
		})
	})
}
