"""What segments do: rules as trees, what they mean in SQL, RFM, and saved ones."""
