package ecom

import (
	"posthaste/internal/vipps/core"
)

// The bodies that the eCommerce API answers with.

// ecomChange answers capture, cancel, refund and status.
type ecomChange struct {
	Order       string       `json:"orderId"`
	Info        *ecomInfo    `json:"transactionInfo,omitempty"`
	Transaction *ecomInfo    `json:"transaction,omitempty"` // refund's name for it
	Summary     *ecomSummary `json:"transactionSummary,omitempty"`
}

// ecomInfo is one transaction, with its amount in øre.
type ecomInfo struct {
	Amount int64  `json:"amount"`
	Status string `json:"status"`
	At     string `json:"timeStamp"`
	ID     string `json:"transactionId"`
	Text   string `json:"transactionText,omitempty"`
}

// info is an entry of the history under the status that the operation gives it.
func info(e entry, status string) *ecomInfo {
	return &ecomInfo{e.amount, status, core.Timestamp(e.at), e.id, e.text}
}

// ecomSummary is what became of the order's money, in øre.
type ecomSummary struct {
	Captured  int64 `json:"capturedAmount"`
	ToCapture int64 `json:"remainingAmountToCapture"`
	Refunded  int64 `json:"refundedAmount"`
	ToRefund  int64 `json:"remainingAmountToRefund"`
}

// summary sums an order up.
func summary(o *order) *ecomSummary {
	return &ecomSummary{o.captured, o.remaining(), o.refunded, o.captured - o.refunded}
}

// ecomDetails answers details.
type ecomDetails struct {
	Order    string           `json:"orderId"`
	Summary  *ecomSummary     `json:"transactionSummary,omitempty"` // once the user has acted
	History  []ecomEntry      `json:"transactionLogHistory"`        // newest first
	Shipping *shippingDetails `json:"shippingDetails,omitempty"`    // of Express
	User     *userDetails     `json:"userDetails,omitempty"`        // of Express
	Sub      string           `json:"sub,omitempty"`
}

// ecomEntry is an entry of the history.
type ecomEntry struct {
	Amount  int64     `json:"amount"`
	Text    string    `json:"transactionText"`
	ID      string    `json:"transactionId"`
	At      string    `json:"timeStamp"`
	Op      operation `json:"operation"`
	Key     string    `json:"requestId"`
	Success bool      `json:"operationSuccess"`
}
