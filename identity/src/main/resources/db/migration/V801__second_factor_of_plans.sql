-- Which of a contract's accounts need a second factor: those whose roles the site names, unless the plan says otherwise.
alter table plan_rules add column second_factor text not null default 'by-role'
    check (second_factor in ('by-role', 'everyone', 'as-set-up'));
