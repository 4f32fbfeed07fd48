-- These names are default roles from now on, which the start makes where they are not there. A role of that name that an
-- operator made before keeps its holders under another name: nobody gets rights that nobody gave him.
update role set name = name || '-' || id
 where domain_id is null
   and name in ('viewer', 'operator', 'billing', 'master', 'auditor', 'service-operator', 'security-officer');
