# bench/mappings/event_project.blobl, but that ascii_downcase leaves letters beyond ASCII as they are: jq has nothing better.
{id: .user_id, contact: {email: (.email | ascii_downcase)}, status: (if .age > 18 then "adult" else "minor" end)}
